// Where the bundle that is made for demo appliances lies: named to whoever sets one up by hand.
import { demoFoldersIn } from '../core/demo/demos.ts'
import { stateFolderPath } from '../store/folder.ts'

export function demoBundleFolder(environment: NodeJS.ProcessEnv): string {
  return demoFoldersIn(stateFolderPath(environment, process.platform)).bundle
}
