/**
 * Options are declared once, as a TypeBox schema with descriptions, defaults and examples. From it come the reading
 * and validation of the YAML file, the environment names, `--help`, the published JSON Schema and the commented
 * sample. Only `main.ts` knows the environment, so it is passed in.
 */
export type Environment = Readonly<Record<string, string | undefined>>;
