/** The variables of an environment, by their names. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where a command runs. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Env;
}
