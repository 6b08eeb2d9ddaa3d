// How an engine takes memory and splits a model on the devices of one kind, as data: a new kind is a line here.
// S2 and [K] are the marks of the facts they were collected in: vllm-ascend's own guides, and common knowledge.

const GiB = 2 ** 30

export type FitRules = {
  /** Of a device's memory so much is given to models (gpu_memory_utilization); what lies above is never counted on. */
  readonly utilization: number
  /** Peak of what one step computes with, on each device. */
  readonly activationBytes: number
  /** Of the process on each device: driver context, kernels, captured graphs, communication buffers. */
  readonly runtimeBytes: number
  /** Sizes of a tensor split; whatever it is, it divides the attention heads. */
  readonly tensor: 'one' | 'powers-of-two' | 'divisors'
  /** So many devices, one after the other, are only given together. */
  readonly devicesPerUnit: number
  /** Where stages may lie; across machines each is in another one. */
  readonly pipeline: 'none' | 'across-machines' | 'anywhere'
  /** Whole copies of the model side by side behind one address. */
  readonly data: boolean
  /** Groups of a tensor split that each keep a cache of their own. */
  readonly attentionGroups: boolean
}

/** As in the worked examples of the facts: 1 to 2 GiB are usual for activation, 0.5 to 2 for the runtime [K]. */
const usual = { utilization: 0.9, activationBytes: 1.5 * GiB, runtimeBytes: 0.5 * GiB }
const besides = { data: true, attentionGroups: true }

/**
 * vLLM and SGLang on NVIDIA: vLLM refuses a tensor split that does not divide the attention heads, and no other; for
 * devices in a number that does not, its guide has stages inside one machine (serving/parallelism_scaling).
 */
const cudaRules: FitRules = { ...usual, tensor: 'divisors', devicesPerUnit: 1, pipeline: 'anywhere', ...besides }
/**
 * vllm-ascend and MindIE on Atlas A2 (910B): every deployment line of their guides has 1, 2, 4, 8 or 16, and stages, if
 * any, are machines (S2).
 */
const atlasA2Rules: FitRules = { ...cudaRules, tensor: 'powers-of-two', pipeline: 'across-machines' }
/** Atlas A3 (910C): a card is two chips, and chips are given in pairs (S2). */
const atlasA3Rules: FitRules = { ...atlasA2Rules, devicesPerUnit: 2 }
/** 300I Duo, 200I Pro (310P): the guides have tensor splits only (S2). */
const atlas310pRules: FitRules = { ...atlasA2Rules, pipeline: 'none', attentionGroups: false }
/** llama.cpp gives whole layers to devices (--split-mode layer, its default); each layer's cache goes along [K]. */
const llamaCppRules: FitRules = {
  ...{ ...usual, tensor: 'one', devicesPerUnit: 1 },
  ...{ pipeline: 'anywhere', data: false, attentionGroups: false },
}
/** The whole model on one device, and nothing on another: text-embeddings-inference. */
const oneDeviceRules: FitRules = { ...llamaCppRules, pipeline: 'none' }
/** No device but the host's own memory: one process, and the system keeps its tenth. */
const processorRules: FitRules = oneDeviceRules

export const fitRules = {
  cuda: cudaRules,
  'atlas-a2': atlasA2Rules,
  'atlas-a3': atlasA3Rules,
  'atlas-310p': atlas310pRules,
  'llama-cpp': llamaCppRules,
  processor: processorRules,
  'one-device': oneDeviceRules,
} as const
