// The last look at a bundle before anybody gets it: every secret that this console has in its hands, in whatever form it may
// have got into a text. Nothing that is gathered should hold one; this makes sure.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { apartKind } from '../../vault/entries.ts'
import type { Core } from '../context.ts'

export type SecretSearch = {
  /** Undefined: the vault is locked, and nobody can say what is in it. */
  readonly vaultSearched: boolean
  /** The text without them, and how many there were. */
  readonly cleaned: (text: string) => { readonly text: string; readonly found: number }
}

/** Shorter words stand everywhere by chance, and nobody's secret is safe with them. */
const shortest = 4
const longestLine = 40

export async function secretSearch(core: Core): Promise<SecretSearch> {
  const offered = [core.passwords, core.privateKeys, core.passphrases].flatMap((all) =>
    [...all.values()].map((secret) => secret.reveal()),
  )
  const answered = [...core.answers.values()].flatMap(({ texts }) => texts.map((text) => text.reveal()))
  const kept = await keptSecrets(core)
  const forms = formsOf([...offered, ...answered, ...(kept.ok ? kept.value : [])])
  return { vaultSearched: kept.ok, cleaned: (text) => withoutForms(text, forms) }
}

/** None where there is no vault. */
async function keptSecrets({ vault }: Core): Promise<Result<string[]>> {
  const state = vault.state()
  if (!state.ok) return state
  if (state.value.state === 'none') return ok([])
  const heads = await vault.list()
  if (!heads.ok) return heads
  const secrets: string[] = []
  for (const { id, kind } of heads.value) {
    const read = await vault.read(id, apartKind(kind))
    if (!read.ok) return read
    secrets.push(read.value.secret.reveal(), read.value.passphrase?.reveal() ?? '')
  }
  return ok(secrets)
}

/** As it is, and as JSON, URLs, base64 and hex write it. Of several lines, as keys are, each long line for itself. */
function formsOf(secrets: readonly string[]): string[] {
  const parts = secrets.flatMap((secret) => [
    secret,
    ...secret.split('\n').filter((line) => line.length >= longestLine),
  ])
  const forms = parts
    .map((one) => one.trim())
    .filter((one) => one.length >= shortest)
    .flatMap((one) => {
      const bytes = Buffer.from(one)
      // The last sign of base64 depends on what follows it.
      const base64 = [0, 1, 2].map((shift) =>
        Buffer.concat([Buffer.alloc(shift), bytes])
          .toString('base64')
          .replaceAll('=', '')
          .slice(shift === 0 ? 0 : shift + 1, -1),
      )
      const quoted = JSON.stringify(one).slice(1, -1)
      return [
        one,
        quoted,
        JSON.stringify(quoted).slice(1, -1),
        encodeURIComponent(one),
        bytes.toString('hex'),
        ...base64,
      ]
    })
  return [...new Set(forms)].filter((form) => form.length >= shortest).sort((a, b) => b.length - a.length)
}

function withoutForms(text: string, forms: readonly string[]): { text: string; found: number } {
  let found = 0
  const left = forms.reduce((rest, form) => {
    const pieces = rest.split(form)
    found += pieces.length - 1
    return pieces.join('(redacted)')
  }, text)
  return { text: left, found }
}
