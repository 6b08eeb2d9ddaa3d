// What was reckoned of an entry for the chosen appliance, in one line and one reason. Nothing is decided here.
import { useTranslation } from 'react-i18next'
import type { AcceleratorReport } from '../../../shared/domain/accelerator.ts'
import type { RejectedVariant } from '../../../shared/domain/choice.ts'
import type { FormOutlook } from '../../../shared/domain/outlook.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { failureText } from '../../../shared/words/language.ts'
import { rejectionText } from '../../../shared/words/rejection-words.ts'
import { useWords } from '../../console/console-context.tsx'
import type { Looked } from './use-catalog.ts'
import type { EntryName, ListedEntry } from './view.ts'

/** `is`: whether it fits; undefined where that is not known. */
export type FitLine = { readonly is: 'fits' | 'not' | undefined; readonly said: string; readonly reason?: string }

type Fit = NonNullable<FormOutlook['fit']>

/** Undefined while nothing was asked. */
export function useFitLine(): (at: EntryName, entry: ListedEntry, looked: Looked) => FitLine | undefined {
  const { t } = useTranslation()
  const words = useWords()
  const refusal = useRefusal()
  const where = useWhere()
  const number = useNumber()
  const fitting = (form: string, fit: Fit, accelerators: readonly AcceleratorReport[]): string => {
    const { users, mostUsers, devices, vendor } = fit
    const total = vendor === undefined ? 0 : devicesOf(vendor, accelerators)
    const said = [
      t('catalog.formOn', { form, where: where(fit, accelerators) }),
      // How many its memory would do for says nothing of how fast a processor is.
      vendor === undefined ? t('catalog.slow') : t('catalog.forUsers', { count: users, people: number(users) }),
      ...(total > devices ? [t('catalog.onAll', { people: number(mostUsers), total })] : []),
    ]
    return said.join(t('catalog.comma'))
  }
  return (at, entry, looked) => {
    const { outlook, fits, on } = looked
    if (on === '' || outlook.state === 'failed') return undefined
    const waits = { is: undefined, said: t('catalog.reckoning') } as const
    const none = { is: undefined, said: t('catalog.notReckoned') } as const
    if (outlook.state !== 'answered') return waits
    if (entry.kind === 'model') {
      const found = outlook.value.models.find(({ place, model }) => place === at.place && model === at.id)
      if (found === undefined) return none
      const first = found.forms.find(({ fit }) => fit !== undefined)
      if (first?.fit !== undefined) {
        return {
          is: 'fits',
          said: t('catalog.fits'),
          reason: fitting(first.form, first.fit, outlook.value.accelerators),
        }
      }
      if (found.forms.some(({ memoryUnknown }) => memoryUnknown)) {
        return { is: undefined, said: t('catalog.memoryUnknown') }
      }
      if (found.nearest === undefined)
        return { is: 'not', said: t('catalog.doesNotFit'), reason: t('catalog.notTried') }
      return refused(refusal(found.nearest))
    }
    if (fits.state !== 'answered') return fits.state === 'failed' ? none : waits
    if (entry.kind === 'solution') {
      const found = fits.value.solutions.find(({ place, solution }) => place === at.place && solution === at.id)
      if (found === undefined) return none
      const [problem] = found.problems
      if (problem === undefined) return { is: 'fits', said: t('catalog.fits'), reason: t('catalog.allRun') }
      const [nearest] = problem.kind === 'no-variant-fits' ? problem.rejected : []
      if (nearest !== undefined) return refused(refusal(nearest))
      return { is: 'not', said: t('catalog.doesNotFit'), reason: failureText(problem, words).what }
    }
    const found = fits.value.services.find(
      (one) => one.place === at.place && one.kind === at.kind && one.entry === at.id,
    )
    if (found === undefined) return none
    const { variant, rejected } = found
    if (variant !== undefined) return { is: 'fits', said: t('catalog.fits'), reason: t('catalog.runsAs', { variant }) }
    const [nearest] = rejected
    return nearest === undefined ? none : refused(refusal(nearest))
  }
  function refused(what: string): FitLine {
    return { is: 'not', said: t('catalog.doesNotFit'), reason: t('catalog.nearest', { what }) }
  }
}

/** "fp8 with vllm-ascend (a2): needs 660 GiB of memory …". */
export function useRefusal(): (rejected: RejectedVariant) => string {
  const { t } = useTranslation()
  const words = useWords()
  return ({ entry, variant, model, rejections }) =>
    t('catalog.why', {
      name:
        model === undefined
          ? t('catalog.way', { entry, variant })
          : t('catalog.wayOf', { form: model, entry, variant }),
      reasons: words.cli.list(rejections.map((one) => rejectionText(one, words.rejections))),
    })
}

/** "on 4 of 8 accelerators", of the vendor that has that many. */
export function useWhere(): (fit: Fit, accelerators: readonly AcceleratorReport[]) => string {
  const { t } = useTranslation()
  return ({ devices, vendor }, accelerators) =>
    vendor === undefined
      ? t('catalog.onProcessor')
      : t('catalog.onDevices', { count: devices, total: devicesOf(vendor, accelerators) })
}

export function devicesOf(vendor: string, accelerators: readonly AcceleratorReport[]): number {
  const report = accelerators.find((one) => one.vendor === vendor)
  return valueOr(report?.devices ?? { state: 'absent' }, []).length
}

/** Figures with their thousands apart. */
export function useNumber(): (value: number) => string {
  const { i18n } = useTranslation()
  return (value) => value.toLocaleString(i18n.language)
}
