#!/usr/bin/env node
import { main } from '../shared/main.ts';

main(async () => (await import('./cli.ts')).createAgentProgram);
