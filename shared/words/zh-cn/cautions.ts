// Chinese: what a plan warns of.
import type { CautionWords } from '../caution-words.ts'

import { whose } from './whose.ts'

export const cautions: CautionWords = {
  whose,
  fitIgnored: (service, need, available) =>
    `警告：按估算 ${service} 需要 ${need} 内存，而可用 ${available}。已选择仍然安装：它可能无法启动，或挤占其他服务的内存。`,
  mayIgnoreFit: (service) => `如确有把握：--ignore-fit ${service} 可将该内存不足的限制改为警告。`,
  held: (service, parts) =>
    `${service} 尚未换为新版本：其组件 ${parts} 已是新版本并在等待它。这些组件不会随服务器启动，旧版本仍保留在旁。`,
  heldNext: '请重新部署：将从中断处继续，最终全部处于同一版本。',
  idle: (count, product) =>
    `注意：本机的 ${count} × ${product} 未被使用：本计划的模型均在 CPU 上运行，交付包中没有适用于它们的版本。`,
  knownIssue: (service, text, workaround) =>
    `${service} 的已知问题：${text}${workaround === undefined ? '' : `解决办法：${workaround}`}`,
}
