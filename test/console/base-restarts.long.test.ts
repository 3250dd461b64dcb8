// Tier: long. The quick file again, each way six times.
import './base-restarts.test.ts';
