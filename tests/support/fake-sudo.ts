// Programs named sudo that behave as the many real ones do, each a shell script. All read the password from standard
// input byte by byte, as sudo does, write each one they get to a file, and print their prompt on stderr.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

export type FakeSudo = {
  readonly program: string
  /** Every line that it took for a password. */
  passwords(): string[]
}

export const rightPassword = 'CANARY-sudo-7f3a'

type Habits = {
  /** Shell lines before the prompt. */
  readonly before?: string
  /** What is printed as the prompt; "$p" is what -p said. */
  readonly prompt?: string
  /** Shell lines after the right password, before the command. */
  readonly after?: string
  readonly tries?: number
  /** Gives up after so many seconds without an answer (passwd_timeout). */
  readonly gone?: number
}

export function fakeSudo({ before = ':', prompt = '$p', after = ':', tries = 3, gone }: Habits = {}): FakeSudo {
  const file = join(temporaryFolder(), 'passwords')
  const program = `#!/bin/sh
p='[sudo] password for ops: ' n= killer=
while [ "$1" != -- ]; do
  case $1 in -p) p=$2; shift ;; -n) n=yes ;; esac
  shift
done
shift
[ -z "$n" ] || { echo 'sudo: a password is required' >&2; exit 1; }
${before}
t=0
while [ $t -lt ${tries} ]; do
  printf '%s' "${prompt}" >&2
  ${gone === undefined ? ':' : `{ sleep ${gone}; echo 'sudo: timed out reading password' >&2; kill $$; } & killer=$!`}
  IFS= read -r given || { echo 'sudo: no password was provided' >&2; exit 1; }
  [ -z "$killer" ] || kill "$killer" 2>/dev/null
  printf '%s\\n' "$given" >>'${file}'
  if [ "$given" = '${rightPassword}' ]; then
    unset given
    ${after}
    exec "$@"
  fi
  t=$((t + 1))
  [ $t -ge ${tries} ] || echo 'Sorry, try again.' >&2
done
echo "sudo: $t incorrect password attempts" >&2
exit 1
`
  const passwords = () => {
    try {
      return readFileSync(file, 'utf8').split('\n').slice(0, -1)
    } catch {
      return []
    }
  }
  return { program, passwords }
}
