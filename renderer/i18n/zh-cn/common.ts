// Labels that several screens share, in Chinese.
import type { common as english } from '../en/common.ts'
import type { SameKeys } from '../same-keys.ts'

export const common: SameKeys<typeof english> = {
  cancel: '取消',
  close: '关闭',
  back: '返回',
  continue: '继续',
  retry: '重试',
  copy: '复制详情',
  copied: '已复制',
  copyRefused: '浏览器不允许复制',
  details: '详情',
  print: '打印',
  savePdf: '存为 PDF',
  unknown: '未知',
  none: '无',
  of: '{{value}} / {{total}}',
}
