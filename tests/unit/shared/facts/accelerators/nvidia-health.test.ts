// What the XML of nvidia-smi says of a GPU's memory, resets and repairs, in the words of every driver, and how ill that is.
import { describe, expect, it } from 'vitest'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import {
  healthOfGpu,
  memoryErrors,
  ownFaults,
  pendingRetirements,
} from '../../../../../shared/facts/accelerators/nvidia-health.ts'
import { readXml, type XmlElement } from '../../../../../shared/facts/accelerators/nvidia-xml.ts'

const gpu = (inside: string) => readXml(`<gpu>${inside}</gpu>`).children[0] as XmlElement
const errors = (inside: string) => gpu(`<ecc_errors><volatile>${inside}</volatile></ecc_errors>`)
const no = (path: string) => unreadable(`nvidia-smi -q -x has no ${path}`)

describe('memoryErrors', () => {
  it('counts bits until Volta, with their total', () => {
    const bits = errors('<single_bit><total>3</total></single_bit><double_bit><total>1</total></double_bit>')
    expect([memoryErrors(bits, 'corrected'), memoryErrors(bits, 'uncorrected')]).toEqual([known(3), known(1)])
  })

  it('adds the kinds of memory since Ampere', () => {
    const since = errors(
      '<sram_correctable>1</sram_correctable><dram_correctable>2</dram_correctable>' +
        '<sram_uncorrectable_parity>4</sram_uncorrectable_parity><dram_uncorrectable>8</dram_uncorrectable><other>99</other>',
    )
    expect([memoryErrors(since, 'corrected'), memoryErrors(since, 'uncorrected')]).toEqual([known(3), known(12)])
  })

  it.each([
    ['a GPU without such memory', '<ecc_errors>N/A</ecc_errors>', absent],
    ['a GPU of which nothing is said', '', no('ecc_errors/volatile')],
    ['another word', '<ecc_errors>N/A today</ecc_errors>', no('ecc_errors/volatile')],
    ['another word before it', '<ecc_errors>so N/A</ecc_errors>', no('ecc_errors/volatile')],
    ['no counter of that kind', '<ecc_errors><volatile></volatile></ecc_errors>', no('ecc_errors/volatile/corrected')],
  ])('%s', (_what, inside, reading) => {
    expect(memoryErrors(gpu(inside), 'corrected')).toEqual(reading)
  })

  it('counts by instance where a partitioned GPU does not count as a whole', () => {
    const part = (count: string) =>
      `<mig_device><ecc_error_count><volatile_count><sram_correctable>${count}</sram_correctable></volatile_count></ecc_error_count></mig_device>`
    const whole = (count: string) =>
      gpu(
        `<ecc_errors><volatile><sram_correctable>${count}</sram_correctable></volatile></ecc_errors><mig_devices>${part('2')}${part('5')}</mig_devices>`,
      )
    expect(memoryErrors(whole('N/A'), 'corrected')).toEqual(known(7))
    expect(memoryErrors(whole('1'), 'corrected')).toEqual(known(1))
    expect(memoryErrors(errors('<sram_correctable>N/A</sram_correctable>'), 'corrected')).toEqual(absent)
  })
})

describe('pendingRetirements', () => {
  it.each([
    ['remapped rows', '<remapped_rows><remapped_row_pending>Yes</remapped_row_pending></remapped_rows>', known(1)],
    ['retired pages', '<retired_pages><pending_retirement>Yes</pending_retirement></retired_pages>', known(1)],
    ['older words', '<retired_pages><pending_blacklist>Yes</pending_blacklist></retired_pages>', known(1)],
    ['a channel', '<ecc_errors><channel_repair_pending>Yes</channel_repair_pending></ecc_errors>', known(1)],
    ['a processor', '<ecc_errors><tpc_repair_pending>Yes</tpc_repair_pending></ecc_errors>', known(1)],
    [
      'one of several',
      '<remapped_rows><remapped_row_pending>No</remapped_row_pending></remapped_rows><ecc_errors><channel_repair_pending>Yes</channel_repair_pending><tpc_repair_pending>what</tpc_repair_pending></ecc_errors>',
      known(1),
    ],
    ['none', '<remapped_rows><remapped_row_pending>No</remapped_row_pending></remapped_rows>', known(0)],
    [
      'a word that is not known',
      '<remapped_rows><remapped_row_pending>Maybe</remapped_row_pending></remapped_rows>',
      unreadable('remapped_row_pending: Maybe'),
    ],
    [
      'a question that the driver does not answer',
      '<remapped_rows><remapped_row_pending>N/A</remapped_row_pending></remapped_rows>',
      absent,
    ],
    ['a GPU that remaps no rows', '<remapped_rows>N/A</remapped_rows>', absent],
    ['a GPU that retires no pages', '<retired_pages>N/A</retired_pages>', absent],
    ['nothing said', '', no('remapped_rows')],
  ])('%s', (_what, inside, reading) => {
    expect(pendingRetirements(gpu(inside))).toEqual(reading)
  })
})

describe('healthOfGpu', () => {
  const ok = known('ok' as const)
  const recovery = (word: string) => `<gpu_recovery_action>${word}</gpu_recovery_action>`
  const reset = (leaf: string, word: string) => `<gpu_reset_status><${leaf}>${word}</${leaf}></gpu_reset_status>`
  const rows = (leaf: string, word: string) => `<remapped_rows><${leaf}>${word}</${leaf}></remapped_rows>`

  it.each([
    ['no sign', '', 'ok'],
    ['no spare row', rows('remapped_row_failure', 'Yes'), 'alarm'],
    ['a spare row', rows('remapped_row_failure', 'No'), 'ok'],
    [
      'too many errors of SRAM',
      '<ecc_errors><aggregate><sram_threshold_exceeded>Yes</sram_threshold_exceeded></aggregate></ecc_errors>',
      'alarm',
    ],
    ['a reset that is needed', reset('reset_required', 'Yes'), 'critical'],
    ['a reset that is advised', reset('drain_and_reset_recommended', 'Yes'), 'warning'],
    ['a reset that is not needed', reset('reset_required', 'No'), 'ok'],
    ['a recovery by reset', recovery('GPU Reset'), 'critical'],
    ['a recovery by restart', recovery('Node Reboot Required'), 'critical'],
    ['a recovery by draining', recovery('Drain and Reset'), 'warning'],
    ['no recovery', recovery('None'), 'ok'],
    ['another recovery', recovery('No Reset'), 'ok'],
    ['another recovery', recovery('Reset later'), 'ok'],
    ['a pending repair', rows('remapped_row_pending', 'Yes'), 'warning'],
    [
      'errors that were not corrected',
      '<ecc_errors><volatile><dram_uncorrectable>1</dram_uncorrectable></volatile></ecc_errors>',
      'warning',
    ],
    [
      'errors that were corrected',
      '<ecc_errors><volatile><dram_correctable>1</dram_correctable><dram_uncorrectable>0</dram_uncorrectable></volatile></ecc_errors>',
      'ok',
    ],
    ['a value that is lost', '<clocks><sm_clock>GPU is lost</sm_clock></clocks>', 'critical'],
    ['several signs', `${recovery('Drain P2P')}${rows('remapped_row_failure', 'Yes')}`, 'alarm'],
  ])('is by %s %s', (_what, inside, health) => {
    expect(healthOfGpu(gpu(inside), ok)).toEqual(known(health))
  })

  it('keeps the worse of what the sensors said and what the signs say', () => {
    const drained = gpu(recovery('Drain P2P'))
    expect(healthOfGpu(drained, known('critical'))).toEqual(known('critical'))
    expect(healthOfGpu(drained, unreadable('no value'))).toEqual(known('warning'))
    expect(healthOfGpu(gpu(''), unreadable('no value'))).toEqual(unreadable('no value'))
  })

  it('tells what the tool itself calls wrong, in its own words', () => {
    expect(ownFaults(gpu(`${recovery('Drain P2P')}${rows('remapped_row_failure', 'Yes')}`))).toEqual([
      { code: 'remapped_row_failure', text: 'Yes', class: 'memory' },
      { code: 'gpu_recovery_action', text: 'Drain P2P', class: 'reset' },
    ])
    expect(ownFaults(gpu(''))).toEqual([])
  })
})
