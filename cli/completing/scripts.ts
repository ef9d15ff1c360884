/** The scripts that make a shell ask for completions. */
export const completionScripts = {
  bash: `# Completion of batchpoint for bash.
_batchpoint() {
  local candidate
  COMPREPLY=()
  while IFS= read -r candidate; do
    case $candidate in
      :file) compopt -o default ;;
      :folder) compopt -o dirnames ;;
      *) COMPREPLY+=("\${candidate%%$'\\t'*}") ;;
    esac
  done < <(batchpoint __complete bash "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null </dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
  return 0
}
complete -F _batchpoint batchpoint
`,
  zsh: `#compdef batchpoint
# Completion of batchpoint for zsh.
_batchpoint() {
  local candidate
  local -a lines candidates
  lines=("\${(@f)$(batchpoint __complete zsh "\${(@Q)words[1,CURRENT]}" 2>/dev/null </dev/null)}")
  case \${lines[1]} in
    :file) _files; return ;;
    :folder) _files -/; return ;;
  esac
  for candidate in "\${lines[@]}"; do
    [[ -z $candidate ]] && continue
    if [[ $candidate == *$'\\t'* ]]; then
      candidates+=("\${\${candidate%%$'\\t'*}//:/\\\\:}:\${candidate#*$'\\t'}")
    else
      candidates+=("\${candidate//:/\\\\:}")
    fi
  done
  _describe -t batchpoint 'batchpoint' candidates
}
if [[ \${funcstack[1]} == _batchpoint ]]; then
  _batchpoint "$@"
else
  compdef _batchpoint batchpoint
fi
`,
  fish: `# Completion of batchpoint for fish.
function __batchpoint_complete
  set -l words (commandline -opc)
  set -l typed (commandline -ct)
  set -l candidates (batchpoint __complete fish $words "$typed" 2>/dev/null </dev/null)
  switch "$candidates[1]"
    case :file
      __fish_complete_path (commandline -ct)
    case :folder
      __fish_complete_directories (commandline -ct)
    case '*'
      printf '%s\\n' $candidates
  end
end
complete -c batchpoint -e
complete -c batchpoint -f -a '(__batchpoint_complete)'
`,
} as const;

export type Shell = keyof typeof completionScripts;
