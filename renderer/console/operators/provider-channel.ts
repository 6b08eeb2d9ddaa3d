// How what the identity provider sent back reaches the window that waits for it: among pages of this browser and this
// address alone. A page in another browser hears nothing, and the server that is asked for the page does nothing.

const channelName = 'rackside.provider'

type Returned = { readonly state: string; readonly returned: string }

/** Called once, with what stands behind the "?", when this browser came back for `state`. */
export function whenReturned(state: string, heard: (returned: string) => void): () => void {
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isReturned(data) || data.state !== state) return
    channel.postMessage({ taken: state })
    channel.close()
    heard(data.returned)
  }
  return () => channel.close()
}

function isReturned(data: unknown): data is Returned {
  const { state, returned } = (data ?? {}) as Partial<Record<keyof Returned, unknown>>
  return typeof state === 'string' && typeof returned === 'string'
}

/** Resolves with whether a window took it. */
export function tellReturned(query: string, milliseconds: number): Promise<boolean> {
  const returned = query.replace(/^\?/, '')
  const state = new URLSearchParams(returned).get('state') ?? ''
  const channel = new BroadcastChannel(channelName)
  return new Promise<boolean>((resolve) => {
    const late = setTimeout(() => resolve(false), milliseconds)
    channel.onmessage = ({ data }: MessageEvent<{ readonly taken?: unknown } | null>) => {
      if (state === '' || data?.taken !== state) return
      clearTimeout(late)
      resolve(true)
    }
    channel.postMessage({ state, returned } satisfies Returned)
  }).finally(() => channel.close())
}
