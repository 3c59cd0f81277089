/**
 * The settings of a profile in the text of a shared AWS file, `config` or
 * `credentials`, or undefined when there is no such profile
 * (https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html). Nested
 * settings are left out.
 */
export function profileSettings(
  text: string,
  profile: string,
): ReadonlyMap<string, string> | undefined {
  let settings: Map<string, string> | undefined;
  let inProfile = false;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[\s*(?:profile\s+)?["']?(.+?)["']?\s*\]/.exec(line)?.[1];
    if (section !== undefined) inProfile = section === profile;
    if (!inProfile) continue;
    settings ??= new Map();
    // A nested setting is indented; a comment follows a space.
    const [, name, value] = /^(\w+)\s*=\s*(.*?)\s*(?:\s[#;].*)?$/.exec(line) ?? [];
    if (name !== undefined) settings.set(name, value ?? '');
  }
  return settings;
}
