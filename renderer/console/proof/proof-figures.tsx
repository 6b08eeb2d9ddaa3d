// The two figures of a proof, large: when the first token came, and how fast the others did. Their places are
// kept while they are awaited, so that nothing moves when they come.
import { useTranslation } from 'react-i18next'
import type { InferenceProof } from '../../../shared/domain/verdict.ts'
import { threeDigits } from '../../../shared/words/amounts.ts'
import { KeyFigure, KeyFigures } from '../../ui/key-figure.tsx'
import { useLanguage } from '../console-context.tsx'

export type ProofFiguresProps = { readonly proof: InferenceProof | undefined }

export function ProofFigures({ proof }: ProofFiguresProps) {
  const { t } = useTranslation()
  const { value, unit } = useTtft(proof?.ttftMs)
  const rate = proof?.tokensPerSecond
  const known = rate?.state === 'known'
  return (
    <>
      <KeyFigures>
        <KeyFigure value={value} unit={unit} caption={t('proof.ttft')} />
        <KeyFigure
          value={known ? threeDigits(rate.value) : '–'}
          unit={t('proof.tokensPerSecond')}
          caption={t('proof.throughput')}
        />
      </KeyFigures>
      <p className="pf-small">
        {proof === undefined ? '\u00a0' : t('proof.tokens', { count: proof.outputTokens })}
        {proof === undefined || known ? null : <> · {t('proof.noRate')}</>}
      </p>
    </>
  )
}

/** Milliseconds under a tenth of a second, seconds above: "86 ms", "0.42 s". */
function useTtft(milliseconds: number | undefined): { readonly value: string; readonly unit: string } {
  const chinese = useLanguage() === 'zh-CN'
  const seconds = chinese ? '秒' : 's'
  if (milliseconds === undefined) return { value: '–', unit: seconds }
  if (milliseconds < 100) return { value: String(Math.ceil(milliseconds)), unit: chinese ? '毫秒' : 'ms' }
  return { value: threeDigits(milliseconds / 1000), unit: seconds }
}
