// What is wrong with a bundle's signatures, thrown inside this folder and turned into a failure at its door.
import type { Failure } from '../../shared/domain/failure.ts'
import { evidence } from '../../shared/domain/failure.ts'
import type { UntrustedProblem } from '../../shared/domain/publisher.ts'

export class NotTrusted extends Error {
  readonly failureIn: (folder: string) => Failure

  constructor(failureIn: (folder: string) => Failure) {
    super('not trusted')
    this.failureIn = failureIn
  }
}

export function untrusted(problem: UntrustedProblem, file: string, detail = ''): NotTrusted {
  return new NotTrusted((folder) => ({
    kind: 'bundle-not-trusted',
    folder: evidence(folder, 490),
    problem,
    file: evidence(file, 200),
    detail: evidence(detail, 490),
  }))
}
