// The body of a made-up answer in both of its ways: as a loop, and pushed piece by piece.
import type { HttpResponse } from '../../shared/domain/connection.ts'

export function bodyIn(body: HttpResponse['body']): Pick<HttpResponse, 'body' | 'push'> {
  return {
    body,
    async push(take) {
      for await (const piece of body) if (take(piece) === 'enough') return
    },
  }
}
