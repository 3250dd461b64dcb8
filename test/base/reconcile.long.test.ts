// Tier: long. As the contract's part, with four times the pictures, on both bases.
import t from 'tap';
import { onEachBase } from '../support/bases.ts';
import { reconcileProperties } from './reconcile/properties.ts';

onEachBase(t, (t, bases) => reconcileProperties(t, bases, 60));
