// llama.cpp: the lines of its loading, as src/llama-model.cpp, ggml-cuda.cu and common/arg.cpp print them ("offloaded
// %d/%d layers to GPU", "%12s model buffer size", "no usable GPU found"); seen in published logs of CUDA, ROCm, Vulkan and
// processor builds. Newer builds put a time and a letter before them.
import type { HeardLine, LogReader } from './log-line.ts'

/** Memory of the host, also where it is called after a device: "CUDA_Host" is what a GPU reads over the bus. */
const ofHost = /^(?:CPU|AMX|BLAS|HBM|KleidiAI|[A-Za-z]{2,12}_Host)/

export const llamaCppLine: LogReader = (line) => {
  const offloaded = /offloaded (\d{1,4})\/(\d{1,4}) layers to GPU/.exec(line)
  if (offloaded !== null) return ofLayers(Number(offloaded[1]), Number(offloaded[2]))
  if (/no usable GPU found|failed to initialize (?:CUDA|ROCm)|compiled without GPU support/i.test(line))
    return { on: 'processor' }
  const [, buffer] = /\s([A-Za-z][\w[\].:-]{0,60}) model buffer size\s{0,8}=/.exec(line) ?? []
  if (buffer !== undefined) return { on: ofHost.test(buffer) ? 'processor-weak' : 'accelerators' }
  const [, backend, name] = /using device (\w{1,20}) \(([^()]{1,150}(?:\([^()]{0,40}\)[^()]{0,60})?)\)/.exec(line) ?? []
  if (backend !== undefined && name !== undefined && !ofHost.test(backend)) return { device: `${backend}: ${name}` }
  return undefined
}

function ofLayers(onAccelerators: number, all: number): HeardLine {
  const layers = { onAccelerators: Math.min(onAccelerators, all), all }
  return { layers, on: onAccelerators === 0 ? 'processor' : 'accelerators' }
}
