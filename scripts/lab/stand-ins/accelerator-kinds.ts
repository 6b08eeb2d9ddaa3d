// The hardware an appliance of the lab can pretend to have, and the vendors' programs that speak for it.

export const acceleratorKinds = ['nvidia-h20x8', 'ascend-910b4x8', 'mixed-four-vendors', 'none'] as const
export type AcceleratorKind = (typeof acceleratorKinds)[number]

/** What an appliance gets when nobody asked for anything else. */
export const defaultAccelerators: AcceleratorKind = 'nvidia-h20x8'

export const standInTools = ['nvidia-smi', 'npu-smi', 'hy-smi', 'cnmon'] as const
export type StandInTool = (typeof standInTools)[number]
