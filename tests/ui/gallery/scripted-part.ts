// Facts of a computer without Linux: a part of them, with two cards that the system names.
import type { Facts } from '../../../shared/domain/facts.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { known } from '../../../shared/domain/reading.ts'
import { partialFacts } from '../../../shared/facts/partial.ts'

const card = { vendor: 'NVIDIA', model: 'NVIDIA RTX A6000', driverVersion: '552.74', memoryTotal: 49_140 }

export function windowsPart(controllers: readonly object[] = [card, card]): Facts {
  const answers = {
    osInfo: known({
      distro: 'Microsoft Windows 11 Pro',
      ...{ release: '10.0.26100', kernel: '10.0.26100', arch: 'x64', hostname: 'imaging-07' },
    }),
    cpu: known({ manufacturer: 'AMD', brand: 'Ryzen Threadripper PRO 5975WX', cores: 64 }),
    mem: known({ total: 256 * 1024 ** 3, available: 188 * 1024 ** 3, reclaimable: 0, swaptotal: 0 }),
    graphics: known({ controllers }),
  }
  return partialFacts(answers, { platform: 'win32', takenAt: '2026-11-26T09:00:00.000Z' })
}

export const linuxNeeded: Failure = { kind: 'linux-needed', platform: 'win32' }
