// Labels of the catalog: what can be installed from, in Chinese.
import type { catalog as english } from '../en/catalog.ts'
import type { SameKeys } from '../same-keys.ts'

export const catalog: SameKeys<typeof english> = {
  title_one: '{{count}} 个可用的离线包',
  title_other: '{{count}} 个可用的离线包',
  titleNone: '还没有可用的离线包',
  lead: '离线包是一个文件夹，包含方案所需的全部内容：模型、镜像与配置。无需联网下载。',
  looking: '正在查找离线包',
  look: '重新查找',
  choose: '选择文件夹',
  where: '在此文件夹中查找离线包：',
  emptyTitle: '将离线包放在这里',
  emptyCopy: '从 U 盘或共享目录把离线包文件夹复制到下方的文件夹，然后重新查找。',
  publisher: '发布者：{{publisher}}',
  unsigned: '未签名：其内容没有人担保。',
  size: '大小',
  created: '制作时间',
  solutions: '方案',
  version: '版本 {{version}}',
  unusable: '不可用',
  toAppliances: '选择要部署的一体机',
}
