// Chinese: what stands against a variant.
import type { RejectionWords } from '../words.ts'

export const rejections: RejectionWords = {
  'architecture-differs': (r) => `需要 ${r.needs} 架构，本机为 ${r.has}`,
  'accelerator-absent': (r) => `需要 ${r.vendor} 加速卡，本机没有`,
  'accelerator-unreadable': (r) => `无法读取 ${r.vendor} 加速卡（${r.why}）`,
  'too-few-accelerators': (r) => `需要 ${r.needs} 块 ${r.vendor} 加速卡，本机有 ${r.has} 块`,
  'driver-too-old': (r) => `需要 ${r.vendor} 驱动 ${r.needs} 或更新版本，当前为 ${r.has}`,
  'artifact-not-in-bundle': (r) => `离线包中没有镜像 ${r.artifact}`,
  'image-for-other-platform': (r) => `镜像适用于 ${r.has}，不适用于 ${r.needs}`,
}
