// Tier: long. As `reconcile.test.ts`, with four times the pictures.
import t from 'tap';
import { onEachBase } from '../support/bases.ts';
import { reconcileProperties } from './reconcile/properties.ts';

onEachBase(t, (t, bases) => reconcileProperties(t, bases, 60));
