// Tier: long. As the contract's part, with four times the pictures, on both bases.
import t from 'tap';
import { reconcileProperties } from '../contracts/base/reconcile/properties.ts';
import { onEachBase } from '../support/bases.ts';

onEachBase(t, (t, bases) => reconcileProperties(t, bases, 60));
