// Chinese: what happened, and what to do next, for updates that are not taken.
import type { UpdateReason } from '../../domain/update-reason.ts'
import type { UpdateFailureWords } from '../failure-words.ts'

const anotherCopy = '请从来源处重新复制升级文件和安装包，两者都要，且不要改名。'
const nothingDone = '未安装任何内容。'

const words: { readonly [R in UpdateReason]: readonly [what: string, next: string] } = {
  missing: ['文件不存在', '请检查路径。'],
  unreadable: ['无法读取', '请检查读取权限和磁盘状况。'],
  'not-fetched': ['无法从服务器获取', `请在浏览器中尝试该地址，或手动将两个文件复制到本机。${nothingDone}`],
  'not-an-update': ['不是 Rackside 的升级文件', '请指定以 .update.json 结尾的文件。'],
  'newer-format': ['其格式比当前版本所支持的更新', '请先安装中间版本。'],
  'signature-wrong': [
    '签名不属于 Rackside 的发布者，或文件在签名后被改动',
    `请勿使用，并向提供者核实来源。${nothingDone}`,
  ],
  'no-release-key': [
    '当前的 Rackside 构建时未包含发布者的密钥，因此不信任任何升级文件',
    `请手动安装由发布者提供的安装包。${nothingDone}`,
  ],
  expired: ['担保已过期', `请获取最新的升级文件。${nothingDone}`],
  'not-newer': ['其版本不比当前版本新', `旧版本不会替换新版本。${nothingDone}`],
  'other-platform': ['其中没有适用于本系统的安装包', `请获取适用于本系统的升级文件。${nothingDone}`],
  'package-missing': ['安装包不在同一文件夹中，或已改名', anotherCopy],
  'package-shorter': ['安装包不完整', anotherCopy],
  'package-longer': ['安装包比应有的更大', anotherCopy],
  'package-differs': ['安装包与签名的内容不一致', `请勿使用。${anotherCopy}`],
}

export const updateFailures: UpdateFailureWords = {
  'update-unusable': (f) => ({
    what: `不采用升级文件 ${f.file}：${words[f.reason][0]}${f.detail === '' ? '' : `（${f.detail}）`}。`,
    next: words[f.reason][1],
  }),
}
