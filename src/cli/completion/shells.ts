import type { CommandWords, OptionWords } from './words.ts';

/** The completion script of each shell, whole: it starts no process while one types. */
export const SHELLS: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = { bash, zsh, fish };

function bash(commands: readonly CommandWords[]): string {
  const valueCases = (options: readonly OptionWords[]): string =>
    options
      .flatMap(({ flags, takes }) =>
        takes === undefined
          ? []
          : [
              `        ${flags.join('|')}) COMPREPLY=($(compgen ${takes === 'path' ? '-f' : `-W ${quoted(takes.join(' '))}`} -- "$cur")); return ;;\n`,
            ],
      )
      .join('');
  const cases = commands.map(
    ({ name, aliases, options }) =>
      `    ${[name, ...aliases].join('|')})\n` +
      `      case "$prev" in\n${valueCases(options)}      esac\n` +
      `      words=${quoted(options.flatMap(({ flags }) => flags).join(' '))} ;;\n`,
  );
  return `# promptctl completion for bash: source it from ~/.bashrc
_promptctl() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="" words="" at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "\${COMP_WORDS[at]}" in
      -C|--config|--format|--color) ((at++)) ;;
      -*) ;;
      *) command="\${COMP_WORDS[at]}"; break ;;
    esac
  done
  case "$command" in
    "") words=${quoted(commands.flatMap(({ name, aliases }) => [name, ...aliases]).join(' '))} ;;
${cases.join('')}  esac
  if [[ "$cur" == -* || -z "$command" ]]; then COMPREPLY=($(compgen -W "$words" -- "$cur"))
  else COMPREPLY=($(compgen -f -- "$cur")); fi
}
complete -o filenames -F _promptctl promptctl
`;
}

function zsh(commands: readonly CommandWords[]): string {
  const cases = commands.map(
    ({ name, aliases, options }) =>
      `    ${[name, ...aliases].join('|')})\n      _arguments ${options.flatMap(zshSpecs).join(' ')} '*:file:_files' ;;\n`,
  );
  const listed = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}\n`);
  return `#compdef promptctl
# promptctl completion for zsh: put it into a folder of $fpath as _promptctl
_promptctl() {
  local -a commands
  commands=(
${listed.join('')}  )
  if ((CURRENT == 2)); then _describe command commands; return; fi
  local command=$words[2]
  shift words; ((CURRENT--))
  case $command in
${cases.join('')}  esac
}
compdef _promptctl promptctl
`;
}

function zshSpecs({ flags, description, takes }: OptionWords): string[] {
  const text = description.replace(/[[\]:\\]/g, '\\$&');
  const value = takes === undefined ? '' : takes === 'path' ? ':value:_files' : `:value:(${takes.join(' ')})`;
  return flags.map((flag) => quoted(`*${flag}[${text}]${value}`));
}

function fish(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, aliases, summary, options }) => [
    `complete -c promptctl -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...options.map(({ flags, description, takes }) => {
      const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      const value = takes === undefined ? '' : takes === 'path' ? ' -r -F' : ` -x -a ${quoted(takes.join(' '))}`;
      const seen = quoted(`__fish_seen_subcommand_from ${[name, ...aliases].join(' ')}`);
      return `complete -c promptctl -n ${seen} ${names.join(' ')}${value} -d ${quoted(description)}`;
    }),
  ]);
  return `# promptctl completion for fish: put it into ~/.config/fish/completions/promptctl.fish\n${lines.join('\n')}\n`;
}

/** In single quotes, where a shell reads nothing but their end. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
