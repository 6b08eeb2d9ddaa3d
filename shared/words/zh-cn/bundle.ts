// Chinese: what is said about bundles that are made, checked and imported.
import type { BundleWords } from '../bundle-words.ts'

export const bundle: BundleWords = {
  problems: {
    missing: '缺失',
    damaged: '已损坏',
    cut: '不完整',
    unreadable: '无法读取',
    foreign: '不属于该离线包',
  },
}
