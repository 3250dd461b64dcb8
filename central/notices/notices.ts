import { problemOf, isProblemCode } from '../../shared/problems/catalogue.ts';
