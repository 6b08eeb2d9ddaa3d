// Chinese: what stands against a variant.

import { endsOf, type VersionRange } from '../../domain/entry/hardware-match.ts'
import { bytesText } from '../amounts.ts'
import type { RejectionWords } from '../rejection-words.ts'

export const rejections: RejectionWords = {
  'architecture-differs': (r) => `需要 ${r.needs} 架构，本机为 ${r.has}`,
  'system-differs': (r) => `需要 ${r.needs} 系统，本机为 ${r.has}`,
  'kernel-differs': (r) => `需要 ${rangeText(r.needs)} 的内核，当前为 ${r.has}`,
  'accelerator-absent': (r) => `需要 ${r.vendor} 加速卡，本机没有`,
  'accelerator-unreadable': (r) => `无法读取 ${r.vendor} 加速卡（${r.why}）`,
  'too-few-accelerators': (r) => `需要 ${r.needs} 块 ${r.vendor} 加速卡，本机有 ${r.has} 块`,
  'family-differs': (r) => `适用于 ${r.vendor} 的 ${r.needs} 系列芯片，本机为 ${r.has}`,
  'device-memory-too-small': (r) =>
    `每块 ${r.vendor} 加速卡需要 ${bytesText(r.needBytes)} 显存，最小的一块为 ${bytesText(r.hasBytes)}`,
  'driver-differs': (r) => `需要 ${rangeText(r.needs)} 的 ${r.vendor} 驱动，当前为 ${r.has}`,
  'firmware-differs': (r) => `需要 ${rangeText(r.needs)} 的 ${r.vendor} 固件，当前为 ${r.has}`,
  'toolkit-differs': (r) => `需要能运行 ${rangeText(r.needs)} 工具包的 ${r.vendor} 驱动，当前驱动支持到 ${r.has}`,
  'format-differs': (r) => `权重格式为 ${r.has}，该服务只读取 ${r.needs}`,
  'weights-imported': () => '只提供已导入其自身存储的模型，部署流程目前不支持导入',
  'weights-for-other-devices': (r) =>
    `权重适用于 ${r.needs}，${r.has === '' ? '这里使用的是处理器' : `本机为 ${r.has}`}`,
  'memory-too-small': (r) =>
    `${shortOfMemory(r)}${r.devicesNeeded === undefined ? '' : `；${r.devicesNeeded} 块同型号加速卡可以满足，本机有 ${r.devices} 块`}`,
  'interface-not-provided': (r) => `需要接口 ${r.needs}，而 ${r.by} 不提供`,
  'model-name-twice': (r) => `其中两个模型的服务名称均为 ${r.name}`,
  'part-name-unusable': (r) => `容器名称 ${r.name} 已被本方案中的其他服务或组件使用，或名称过长`,
  'leaves-no-room': () => '会使本方案中的其他模型内存不足',
  'no-split': (r) => `无法在 ${r.devices} 块此类加速卡之间切分`,
  'context-too-long': (r) => `要求 ${r.needs} 个 token 的上下文，模型最多支持 ${r.has} 个`,
  'shape-unknown': (r) => `导入 ${r.model} 的权重之前，无法得知其内存需求`,
  'host-port-differs': (r) => `使用服务器网络时监听端口 ${r.needs}，而方案指定的是 ${r.has}`,
  'published-past-way-in': () =>
    '它直接使用服务器的网络并自行监听：他人可绕过入口及其密码直接访问，入口也无法转发到它；请不要开放，或向发布者索取不使用服务器网络的版本',
  'folder-of-engine': (r) => `需要服务器目录 ${r.path}，而容器引擎的数据位于 ${r.folder}`,
  'not-of-service': (r) => `${r.service} 没有名为“${r.name}”的${r.part === 'volume' ? '数据卷' : '密钥'}`,
  'artifact-not-in-bundle': (r) => `离线包中没有 ${r.artifact}`,
  others: (count) => `另有 ${count} 个版本适用于其他硬件`,
  'image-for-other-platform': (r) => `镜像适用于 ${r.has}，不适用于 ${r.needs}`,
}

/** Two amounts that read the same, and nothing at all, are said otherwise. */
function shortOfMemory({ needBytes, hasBytes }: { readonly needBytes: number; readonly hasBytes: number }): string {
  const [needs, has] = [bytesText(needBytes), bytesText(hasBytes)]
  if (hasBytes === 0) return `需要 ${needs} 显存或内存，已无剩余`
  if (needs === has) return `比现有的 ${has} 显存或内存还多需要 ${bytesText(needBytes - hasBytes)}`
  return `需要 ${needs} 显存或内存，可用 ${has}`
}

export function rangeText(versions: VersionRange): string {
  const { atLeast, below } = endsOf(versions)
  const ends = [
    ...(atLeast === undefined ? [] : [`${atLeast} 或更新版本`]),
    ...(below === undefined ? [] : [`低于 ${below}`]),
  ]
  return ends.join('且')
}
