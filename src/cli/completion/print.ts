import type { CommandUnknownOpts } from "@commander-js/extra-typings";

/** What may follow some words of a command line. */
interface Step {
  /** The command so far, without the program: `config check`; empty for the program alone. */
  readonly path: string;
  readonly words: readonly string[];
}

/** Prints the script of a shell. Where the program is not on the PATH, its name runs it by npx. */
export function printCompletion(shell: "bash" | "zsh" | "fish", root: CommandUnknownOpts): void {
  console.log(scripts[shell](stepsOf(root, "")));
}

function stepsOf(one: CommandUnknownOpts, path: string): Step[] {
  const options = one.options.flatMap(({ long, hidden }) => (long == null || hidden ? [] : [long]));
  const inner = one.commands.map((each) => [`${path} ${each.name()}`.trim(), each] as const);
  const words = [...one.commands.map((each) => each.name()), ...options, "--help"];
  return [{ path, words }, ...inner.flatMap(([below, each]) => stepsOf(each, below))];
}

const scripts = {
  bash: (steps: readonly Step[]) => `# completion of hookswitch for bash
command -v hookswitch > /dev/null || hookswitch() { npx hookswitch "$@"; }
_hookswitch() {
  local at="" key i words
  for ((i = 1; i < COMP_CWORD; i++)); do
    key="\${at:+$at }\${COMP_WORDS[i]}"
    case "$key" in ${pathsOf(steps)}) at="$key" ;; esac
  done
  case "$at" in
${steps.map(({ path, words }) => `    '${path}') words="${words.join(" ")}" ;;`).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _hookswitch hookswitch`,

  zsh: (steps: readonly Step[]) => `# completion of hookswitch for zsh
(( $+commands[hookswitch] )) || hookswitch() { npx hookswitch "$@" }
_hookswitch() {
  local at="" key word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    key="\${at:+$at }$word"
    case "$key" in (${pathsOf(steps)}) at="$key" ;; esac
  done
  case "$at" in
${steps.map(({ path, words }) => `    ('${path}') compadd -- ${words.join(" ")} ;;`).join("\n")}
  esac
  _files
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _hookswitch hookswitch`,

  fish: (steps: readonly Step[]) => `# completion of hookswitch for fish
command -q hookswitch; or function hookswitch; npx hookswitch $argv; end
function __hookswitch_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    set -l key (string trim "$at $word")
    contains -- "$key" ${steps.map(({ path }) => `'${path}'`).join(" ")}; and set at "$key"
  end
  test "$at" = "$argv[1]"
end
${steps.map(({ path, words }) => `complete -c hookswitch -n "__hookswitch_at '${path}'" -a '${words.join(" ")}'`).join("\n")}`,
} as const;

function pathsOf(steps: readonly Step[]): string {
  return steps.flatMap(({ path }) => (path === "" ? [] : [`'${path}'`])).join(" | ");
}
