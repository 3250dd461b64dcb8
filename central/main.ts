#!/usr/bin/env node
import { main } from '../shared/main.ts';

void main(async () => (await import('./cli.ts')).createCentralProgram);
