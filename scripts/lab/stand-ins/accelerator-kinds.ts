// The hardware an appliance of the lab can pretend to have.

export const acceleratorKinds = ['nvidia-h20x8', 'ascend-910b4x8', 'none'] as const
export type AcceleratorKind = (typeof acceleratorKinds)[number]

/** What an appliance gets when nobody asked for anything else. */
export const defaultAccelerators: AcceleratorKind = 'nvidia-h20x8'
