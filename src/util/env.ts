/** The variables of an environment, by their names. */
export type Env = Readonly<Record<string, string | undefined>>;
