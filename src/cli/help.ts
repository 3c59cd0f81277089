import { type CommandSpec, command } from './command-spec.ts';

/** The commands that help to use the others. */
export const helpCommands: readonly CommandSpec[] = [
  command({
    name: 'doctor',
    calledElsewhere: ['check'],
    group: 'Help',
    summary: 'look for what is missing on this machine',
    options: async () => (await import('../options/shared.ts')).doctorOptions,
    examples: [['doctor'], ['doctor --stage prod', 'for another stage'], ['doctor --json']],
    run: async (context, { flags }) =>
      (await import('../commands/doctor/doctor.ts')).doctor(context, flags),
  }),
  command({
    name: 'completion',
    group: 'Help',
    summary: 'print the script that lets a shell complete this command',
    argument: {
      name: 'shell',
      required: true,
      description: 'bash, zsh, fish or powershell',
      completion: async () => (await import('../commands/completion.ts')).SHELLS,
    },
    notes: `Shells complete commands that are on PATH: npm install --global create-lambda-hello
The examples go into the shell's start-up file; for PowerShell that is $PROFILE:
  create-lambda-hello completion powershell | Out-String | Invoke-Expression`,
    examples: [
      ['completion bash >> ~/.bashrc'],
      ['completion zsh >> ~/.zshrc', 'after compinit'],
      ['completion fish > ~/.config/fish/completions/create-lambda-hello.fish'],
    ],
    run: async (context, { argument }) =>
      (await import('../commands/completion.ts')).completion(context, argument as string),
  }),
];
