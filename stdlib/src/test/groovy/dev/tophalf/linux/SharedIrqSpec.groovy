package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine

/** Two buttons on one level line. */
class SharedIrqSpec extends DriverSpecification {
    static final String TWO = MACHINE.replaceFirst(/\};\s*$/, '''
        button1: button@10002000 {
            compatible = "acme,button";
            reg = <0x10002000 0x0c>;
            interrupts = <1 4>;
        };
    };''')

    def setup() {
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(TWO, 'two.dts')).sites(sites).boot()
    }

    private void driver(String handler, String flags = 'IRQF_SHARED') {
        load """
            MODULE_LICENSE('GPL')
            class button { __iomem regs; int irq; int presses }
            static irqreturn_t handler(int irq, Object dev_id) {
                button b = dev_id
                $handler
            }
            static int probe(platform_device pdev) {
                button b = devm_kzalloc(pdev.dev, button, GFP_KERNEL)
                b.regs = devm_platform_ioremap_resource(pdev, 0)
                b.irq = platform_get_irq(pdev, 0)
                platform_set_drvdata(pdev, b)
                int ret = devm_request_irq(pdev.dev, b.irq, handler, $flags, null, b)
                if (ret) return ret
                writel(1, b.regs + 0x08)
                return 0
            }
            static void remove(platform_device pdev) {
                button b = platform_get_drvdata(pdev)
                writel(0, b.regs + 0x08)
                pr_info('%d\\n', b.presses)
            }
            platform_driver drv = [probe: probe, remove: remove, driver: [name: 'b', of_match_table: ['acme,button']]]
            module_platform_driver(drv)"""
    }

    private void pressOn(String label) {
        simulation.board().part(label).peripheral().actions().first().body().accept([])
        settle()
    }

    static final String ASKS = 'if (!(readl(b.regs + 0x04) & 1)) return IRQ_NONE; writel(1, b.regs + 0x04); b.presses++; return IRQ_HANDLED'

    def "handlers that ask their device share a line, and each gets its own interrupts"() {
        when:
        driver(ASKS)
        pressOn('button0')
        pressOn('button1')
        pressOn('button1')
        unload()

        then:
        dmesg().takeRight(2) as Set == ['1', '2'] as Set
        simulation.irqs().lines().first().count() == 3
        rules() == []
    }

    def "a handler that claims what its device has not raised is reported where it is defined"() {
        when:
        driver('writel(1, b.regs + 0x04); b.presses++; return IRQ_HANDLED')
        pressOn('button1')

        then:
        rules() == ['shared-irq-misuse']
        findings.first().message() == 'handler() claims irq 16, which button0 has not raised'
        findings.first().excerpt().startsWith('static irqreturn_t handler')
    }

    def "who serves a device that it keeps from interrupting is not reported"() {
        when:
        driver("if (irq == 16 && !b.presses) writel(0, b.regs + 0x08); $ASKS")
        pressOn('button0')
        pressOn('button1')

        then:
        rules() == []
    }

    def "the second device of a line that is not shared is refused"() {
        when:
        driver(ASKS, '0')

        then:
        dmesg().any { it == 'genirq: Flags mismatch irq 16. 00000004 (10002000.button) vs. 00000004 (10001000.button)' }
        dmesg().last().endsWith('probe with driver b failed with error -16')
    }
}
