package dev.tophalf.linux

class IrqNotHandledSpec extends DriverSpecification {
    private void handler(String body) {
        load String.format(BUTTON, 'return IRQ_HANDLED', '').replace('writel(1, b.regs + 0x04)', body)
        press()
    }

    def "a handler that does not acknowledge is reported at its definition, and the line is shut off"() {
        when:
        handler ''

        then:
        rules() == ['irq-not-handled']
        findings.first().excerpt().startsWith('static irqreturn_t handler')
        simulation.irqs().lines().first().isShutOff()
        dmesg().last() == 'Disabling IRQ #16'
    }

    def "nobody cares for an interrupt that every handler declines"() {
        when:
        handler 'if (b) return IRQ_NONE'

        then:
        rules() == ['irq-not-handled']
        findings.first().linux() == 'irq 16: nobody cared'
    }

    def "a handler that #does is not reported"() {
        when:
        handler body
        press()

        then:
        rules() == []
        simulation.irqs().lines().first().count() == 2

        where:
        does                                | body
        'acknowledges'                      | 'writel(1, b.regs + 0x04)'
        'turns the device\'s interrupt off and on' | 'writel(0, b.regs + 0x08); writel(1, b.regs + 0x04); writel(1, b.regs + 0x08)'
    }
}
