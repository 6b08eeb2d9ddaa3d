// What a scene of the gallery is: one state of one screen, chosen by name in the address.
import type { ReactNode } from 'react'
import type { LinkState } from '../../../renderer/console/console-link.ts'
import type { Script } from './pretend-console.ts'

/**
 * `path`: the whole product, opened there ("/appliances"). `render`: something that stands alone on a page, without
 * frame and routes. Exactly one of them.
 */
export type Scene = {
  readonly path?: string
  readonly render?: () => ReactNode
  readonly script?: Script
  readonly link?: LinkState
  /** Words of choices that are pressed one after the other as they appear: "24 h|24 小时". */
  readonly presses?: readonly string[]
  /** Typed into the search, once it is there. */
  readonly types?: string
  /** The link becomes so as soon as this is to be seen (a selector). */
  readonly becomes?: { readonly when: string; readonly link: LinkState }
}

/** A file of scenes exports `scenes`; a scene is named "FILE/NAME". */
export type Scenes = { readonly [name: string]: Scene }
