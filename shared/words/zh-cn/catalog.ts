// Chinese: what is wrong with a file of a catalog.
import type { Found, Range, ValueType } from '../../domain/catalog-fault.ts'
import type { PatternPart } from '../../domain/pattern-parts.ts'
import { type CatalogWords, itemText, ruleText } from '../catalog-words.ts'
import { schemaRules } from './schema-rules.ts'

const wantedTypes: { readonly [T in ValueType]: string } = {
  text: '文本',
  number: '数字',
  'whole-number': '整数',
  'yes-no': ' true 或 false',
  list: '列表',
  fields: '若干字段',
  nothing: '空值',
  other: '其他类型',
}

export const catalog: CatalogWords = {
  faults: {
    'too-large': ({ mostBytes }) => `文件超过 ${mostBytes} 字节；请拆分，或缩短其中的文字`,
    'too-much': () => '值过多，或嵌套过深',
    'not-utf8': () => '文件不是 UTF-8 编码；请另存为 UTF-8',
    unprintable: ({ character }) => `字符 ${character} 不可见，或会影响终端显示；请删除`,
    'not-yaml': ({ detail }) => `不是有效的 YAML：${detail}`,
    'other-yaml-version': ({ version }) => `声明的是 YAML ${version}；请删除 %YAML 行，此处按 YAML 1.2 读取`,
    tag: ({ tag }) => `不允许使用标签；请删除 ${tag}`,
    alias: () => '不允许使用别名；请把值完整写出',
    'field-twice': ({ field }) => `字段“${field}”出现了两次；请只保留一个`,
    'field-not-text': ({ field }) => `字段名不是文本；请给 ${field} 加上引号`,
    'field-forbidden': ({ field }) => `字段不能命名为“${field}”`,
    'number-form': ({ written, meant }) =>
      `不同的 YAML 读取程序对数字 ${written} 理解不一；请写 ${meant}，若是文本请写 "${written}"`,
    'unknown-field': ({ field, meant, known }) => `此处没有字段“${field}”${perhaps(meant, known)}`,
    missing: ({ wanted, known }) => `缺少此字段；应为${known === undefined ? wantedTypes[wanted] : orList(known)}`,
    'wrong-type': ({ found, wanted }) => `这里是${foundText(found)}，应为${wantedTypes[wanted]}${hint(found, wanted)}`,
    'not-one-of': ({ found, known, meant }) =>
      `这里是${foundText(found)}，应为${orList(known)}${meant === undefined ? '' : `；是否想写“${meant}”？`}`,
    'out-of-range': ({ of, found, range }) =>
      of === 'value'
        ? `这里是 ${found}，应为 ${rangeText(range)}`
        : `这里有 ${found} ${of === 'items' ? '项' : '个字符'}，应为 ${rangeText(range)} ${of === 'items' ? '项' : '个字符'}`,
    pattern: ({ shown, pattern, parts }) =>
      parts === undefined
        ? `“${shown}”不符合格式 ${pattern}`
        : `“${shown}”格式不对，应为：${parts.map(partText).join('，然后是')}`,
    rule: ({ rule }) => ruleText(rule, schemaRules),
    'other-rule': ({ text }) => `不符合规则：${text}`,
    'not-a-plain-file': ({ why }) => `无法读取：${why}`,
    'other-ending': () => '只读取以 .yaml 结尾的文件；此文件会被忽略',
    'entry-twice': ({ entry, otherFile }) => `${entry} 出现了两次；另一个在 ${otherFile}`,
    'unknown-entry': ({ entryKind, id, meant }) => `此目录中没有 ${entryKind}“${id}”${perhaps(meant, [])}`,
    'unknown-vendor': ({ vendor, meant, known }) => `“${vendor}”不是已知的加速卡厂商${perhaps(meant, known)}`,
    'other-file-name': ({ id }) => `文件名与条目不一致；请命名为 ${id}.yaml`,
    'provided-by-nothing': ({ interfaceName, meant }) => `此目录中没有条目提供 ${interfaceName}${perhaps(meant, [])}`,
    'asks-no-model': ({ app, needs }) =>
      `${app} 需要 ${needs}，但此处没有说明使用哪个模型；请写明 usesModel 或 usesInstalled`,
    'not-translated': () => '英文与中文相同；请分别用各自的语言书写',
    'no-source': ({ artifact, meant }) =>
      `vendor.yaml 没有说明 ${artifact} 从哪里来${perhaps(meant, [])}；请在 artifacts 下写明`,
    'source-unused': ({ artifact }) => `没有任何条目用到 ${artifact}；请删去，或在条目中写上`,
    'source-missing': ({ path }) => `${path} 不存在；请把文件放到那里（镜像为 docker save 导出的文件）`,
    'image-lacks': ({ artifact, program }) =>
      program === '/bin/sh'
        ? `镜像 ${artifact} 中没有 /bin/sh：服务器的引擎用它执行健康检查，没有它服务永远不会变为健康；请在镜像中放入一个 shell，busybox 即可`
        : `镜像 ${artifact} 中没有 ${program}，而条目用它启动或检查该镜像`,
    'no-solution': () => '没有方案，因此谁也无法安装其中的内容；请写一个 kind: solution 的条目',
    'no-keys': ({ folder }) => `${folder} 不是发布者文件夹（应含 publisher.json 和密钥）`,
  },
  clean: (files) => `${files} 个文件，没有问题`,
  sum: (problems, files) => `${files} 个文件中有 ${problems} 个问题`,
  outlook: {
    asked: (users, tokens) => `按 ${users} 人同时使用、每人 ${tokens} 个 token 计算：`,
    seen: (accelerators, takenAt) => `${accelerators}，查看于 ${takenAt}`,
    noAccelerators: '没有加速卡',
    builtIn: '内置',
    bundle: (name) => `离线包 ${name}`,
    fits: (form, devices, total) =>
      total === undefined ? `${form} 可在处理器上运行` : `${form} 可在 ${total} 块加速卡中的 ${devices} 块上运行`,
    slow: '仅适合试用：处理器速度慢，不适合多人同时使用',
    people: (here, onAll) =>
      `最多可供 ${here} 人同时使用${onAll === undefined ? '' : `，用全部加速卡可供 ${onAll} 人`}`,
    way: (form, entry, variant) => `${form}，使用 ${entry}（${variant}）`,
    doesNotFit: '无法运行',
    memoryUnknown: '设备符合要求，但显存大小未知',
    noRuntime: '目录中没有能运行它的推理引擎',
    memory: ({ usable, reserve, weights, overhead, room, needed }) =>
      `每块可用显存：${usable} - 预留 ${reserve} - 权重 ${weights} - 推理引擎 ${overhead} = 缓存可用 ${room}，需要 ${needed}`,
    labels: {
      ...{ from: '来源', publisher: '发布者', licence: '许可证', terms: '许可条款', use: '预期用途' },
      ...{ forms: '权重', variants: '变体', parts: '组件', services: '服务' },
    },
    notForDiagnosis: '不得用于诊断',
    inLab: '曾在实验室的模拟加速卡上运行；尚未在此硬件上验证',
  },
}

function perhaps(meant: string | undefined, known: readonly string[]): string {
  if (meant !== undefined) return `；是否想写“${meant}”？`
  return known.length === 0 ? '' : `；已知的有：${known.join('、')}`
}

function orList(known: readonly string[]): string {
  return known.length === 1 ? `${known[0]}` : `以下之一：${known.join('、')}`
}

function foundText({ type, shown }: Found): string {
  if (type === 'text') return `文本“${shown}”`
  if (type === 'number' || type === 'whole-number') return `数字 ${shown}`
  return type === 'yes-no' ? ` ${shown}` : wantedTypes[type]
}

function hint({ type, shown }: Found, wanted: ValueType): string {
  if (wanted === 'text' && shown !== '') return `；请按要显示的样子加引号：“${shown}”`
  if (wanted === 'list' && shown !== '') return `；请每项写一个词：[${shown.split(' ').map(itemText).join(', ')}]`
  if (type !== 'text') return ''
  if (wanted === 'yes-no' && /^(?:yes|no|on|off|y|n)$/i.test(shown)) return `；在 YAML 1.2 中“${shown}”是文本`
  if (/^(?:\d+|true|false)$/.test(shown)) return '；请去掉引号'
  return ''
}

function rangeText({ least, most }: Range): string {
  if (least !== undefined && most !== undefined) return least === most ? `${least}` : `${least} 至 ${most}`
  return least === undefined ? `至多 ${most}` : `至少 ${least}`
}

function partText({ oneOf, least, most }: PatternPart): string {
  const [only = ''] = oneOf
  const isOne = oneOf.length === 1 && !/^.-.$/s.test(only)
  if (isOne && least === 1 && most === 1) return `“${only}”`
  const what = isOne ? `“${only}”` : oneOf.join(' ')
  if (most === undefined) return least === 0 ? `任意个 ${what}` : `至少 ${least} 个 ${what}`
  if (least === most) return `${least} 个 ${what}`
  return least === 0 ? `至多 ${most} 个 ${what}` : `${least} 至 ${most} 个 ${what}`
}
