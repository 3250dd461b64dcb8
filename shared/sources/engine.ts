import type { PageLimits } from './read-page.ts';
import type { SourceConfig, ViewConfig } from './source-config.ts';
import type { ViewSource } from './view-source.ts';

/** What a database engine is opened with. */
export interface EngineOptions<C extends SourceConfig = SourceConfig> {
  readonly source: C;
  readonly views: readonly ViewConfig[];
  readonly pages: PageLimits;
  /** The database password, read from where the configuration refers to; null when none is needed. */
  readonly password: string | null;
}

/**
 * A database engine: a ViewSource that can also prove that it cannot write. Opening connects to nothing.
 */
export interface Engine extends ViewSource {
  /**
   * Proves that this session and its user cannot change the state's data.
   * Returns the reasons why they could, empty when they cannot; throws the errors of `describe`.
   */
  proveReadOnly(): Promise<readonly string[]>;
}
