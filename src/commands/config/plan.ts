import { boolean, string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { type PlannedCommissioning, plannedCommissioning } from '../../cli/commissioned-site.js'
import { configurationRequest } from '../../cli/configuration-request.js'
import { licenceFlags } from '../../cli/licence-flags.js'
import { signatureFlag, signaturesOf } from '../../cli/signature-flag.js'
import { EXIT } from '../../faults/exit-code.js'
import type { ConfigurationPlan } from '../../licence/client/configuration-client.js'
import { formatPlannedCommissioning } from '../../output/planned-commissioning.js'

/** A plan beside what was commissioned; null where nothing was written down. */
type PlanOfCommissioned = ConfigurationPlan & { readonly commissioning: PlannedCommissioning | null }

export default class ConfigPlan extends BaseCommand {
  static override readonly summary = 'show what pushing the site file would change, and whether the licence allows it'
  static override readonly description = `Changes nothing. The licence key comes from CHATTERFIX_LICENSE_API_KEY.
Exit code 0 whether there is a difference or not; with --check 1 where there is one, with --require-signed 1 where a sensor is not signed; 5 where the licence refuses it.`
  static override readonly examples = [
    '<%= config.bin %> config plan --server http://127.0.0.1:8787 --customer acme',
    '<%= config.bin %> config plan --customer acme --check --json',
  ]
  static override readonly flags = {
    ...licenceFlags,
    site: string({ description: 'the site file (default chatterfix.yaml)' }),
    ...signatureFlag,
    check: boolean({ description: 'exit with 1 where there is a difference' }),
  }

  async run(): Promise<PlanOfCommissioned> {
    const { flags } = await this.parse(ConfigPlan)
    const { planConfiguration } = await import('../../licence/client/configuration-client.js')
    const { refuseViolations } = await import('../../licence/client/refuse-violations.js')
    const { formatPlan } = await import('../../licence/licence-text.js')
    const request = await configurationRequest({ ...flags, site: flags.site }, this.stop.signal)
    const plan = await planConfiguration(request)
    this.say(formatPlan(plan))
    this.foundOut = { plan }
    const commissioning = await plannedCommissioning(request, signaturesOf(flags))
    if (commissioning) this.say(formatPlannedCommissioning(commissioning))
    this.foundOut = { plan, commissioning }
    refuseViolations(request, plan)
    if (flags.check && plan.actions.length > 0) this.endWith(EXIT.no)
    return { ...plan, commissioning }
  }
}
