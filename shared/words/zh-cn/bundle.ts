// Chinese: what is said about bundles that are made, checked and imported.
import type { BundleWords } from '../bundle-words.ts'
import { rangeText } from './rejections.ts'

export const bundle: BundleWords = {
  problems: {
    missing: '缺失',
    damaged: '已损坏',
    cut: '不完整',
    unreadable: '无法读取',
    foreign: '不属于该离线包',
  },
  states: { new: '可导入', begun: '已导入一部分，可继续', going: '正在导入', kept: '已导入' },
  partsMissing: (names) => `缺少：${names}`,
  progress: (done, total) => `${done} / ${total}`,
  imported: (name, bundleId) => `离线包 ${name} 已导入，标识为 ${bundleId}。`,
  copiedAs: (name, bundleId, fingerprint) =>
    `离线包 ${name} 已复制，标识为 ${bundleId}。在有人核对其发布者的指纹之前不会使用：${fingerprint}`,
  copied: (copied, present) => `复制了 ${copied}，其余 ${present} 已存在。`,
  whole: (name, bytes) => `离线包 ${name} 完好：已读取全部 ${bytes}。`,
  removed: (name, freed) => `离线包 ${name} 已移除，释放了 ${freed}。`,
  made: (name, carried) => `离线包 ${name} 已制作，包含 ${carried}。`,
  stopping: '正在停止。已复制的部分会保留，重新执行该命令即可继续。',
  labels: {
    publisher: '发布者',
    created: '制作时间',
    identity: '文档的 sha256',
    entries: '条目',
    artifacts: '制品',
    differences: '差异',
  },
  leftOut: '未包含：须已存在于目标处',
  kinds: { entry: '条目', artifact: '制品' },
  changes: { added: '新增', removed: '移除', changed: '更改' },
  wantsMore: (privilege) => `新增权限，须经同意：${privilege}`,
  wantsNoMore: (privilege) => `不再需要：${privilege}`,
  claimed: (publisher) => `${publisher}（自述）`,
  signed: (name, fingerprint, until) => `由此处信任的 ${name} 签名，有效至 ${until}；${fingerprint}`,
  stranger: (name, publisher, fingerprint) => `由 ${name}（${publisher}）签名，此处尚无人信任；指纹 ${fingerprint}`,
  unsigned: '未签名：其内容没有人担保',
  takesBack: (named, since, reason) => `自 ${since} 起撤回 ${named}：${reason}`,
  versions: (entry, which) => `${entry} ${which.join('、')}`,
  range: rangeText,
  image: (digest) => `镜像 ${digest}`,
}
