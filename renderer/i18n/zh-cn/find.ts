// Labels of the search, in Chinese.
import type { find as english } from '../en/find.ts'
import type { SameKeys } from '../same-keys.ts'

export const find: SameKeys<typeof english> = {
  placeholder: '一体机、页面、模型、执行记录、告警等的名称',
  hint: '可按任意顺序输入名称的一部分：“ward-3 日志”、模型名、执行内容、告警内容。',
  nothing: '没有匹配的名称',
  nothingLead: '已搜索：一体机及其标签页、页面、本窗口看到过的部署、活动告警、本控制台的执行记录、目录与命令。',
  asking: '正在查询：{{what}}',
  notAsked: '暂时无法查询：{{what}}',
  recent: '最近使用',
  kind: {
    appliance: '一体机',
    page: '页面',
    tab: '一体机的标签页',
    deployment: '已部署的服务',
    alert: '告警',
    run: '执行记录',
    solution: '方案',
    entry: '目录',
    command: '命令',
  },
  more: '还有 {{count}} 项',
  count_one: '{{count}} 项结果',
  count_other: '{{count}} 项结果',
  gone: '已不存在',
}
