// vLLM, on NVIDIA, AMD, Ascend and others: which platform it found, on which device it runs, and how much room its cache has
// (vllm/platforms, v1/core/kv_cache_utils.py; seen in published logs from 0.8 to 0.11). The words are the same with
// vllm-ascend, whose plugin says that it is activated.
import { countIn, type LogReader, placeOfTorch } from './log-line.ts'

export const vllmLine: LogReader = (line) => {
  const [, platform] = /Automatically detected platform (\w{2,20})\./.exec(line) ?? []
  const [, plugin] = /Platform plugin (\w{2,30}) is activated/.exec(line) ?? []
  const [, configured] = /\bdevice_config=(?:device\(type=['"]?)?(\w{2,20})/.exec(line) ?? []
  const named = platform ?? plugin ?? configured
  const on = named === undefined ? undefined : placeOfTorch(named)
  if (on !== undefined) return { on }
  // Either stands alone, or both in one line since 0.11.
  const cacheTokens = countIn(/GPU KV cache size: ([\d,]{1,20}) tokens/.exec(line)?.[1])
  const [, times] = /Maximum concurrency for [\d,]{1,20} tokens per request: (\d{1,9}(?:\.\d{1,4})?)x/.exec(line) ?? []
  if (cacheTokens === undefined && times === undefined) return undefined
  return {
    ...(cacheTokens !== undefined && { cacheTokens }),
    ...(times !== undefined && { maximumConcurrency: Number(times) }),
  }
}
