package dev.tophalf.linux

class LeakAtUnloadSpec extends DriverSpecification {
    def "#what that is not given back is reported at the line that made it"() {
        when:
        run body
        unload()

        then:
        rules() == ['leak-at-unload']
        findings.first().excerpt() == body
        findings.first().message() == "driver is unloaded and still holds $held"

        where:
        what      | body                                                           || held
        'memory'  | 'thing t = kzalloc(thing, GFP_KERNEL)'                         || 'struct thing'
        'bytes'   | 'ptr p = kmalloc(16, GFP_KERNEL)'                              || '16 bytes'
    }

    def "an irq that is not freed is reported, and the next load finds the line free"() {
        given:
        def text = String.format(BUTTON, '', '').replace('devm_request_irq(pdev.dev, b.irq', 'request_irq(b.irq').replace('null, b)', "'b', b)")

        when:
        load text
        unload()

        then:
        rules() == ['irq-after-free']
        findings.first().message() == 'struct button is freed while irq 16 can still call handler() with it'

        when:
        load text

        then:
        simulation.irqs().lines().first().actions().size() == 1
    }

    def "an attribute that is not removed is reported"() {
        when:
        load String.format(BUTTON, '', '''
            static ssize_t n_show(device dev, device_attribute attr, ptr buf) { return sysfs_emit(buf, '1\\n') }
            DEVICE_ATTR_RO(n)''').replace('writel(1, b.regs + 0x08)', 'device_create_file(pdev.dev, dev_attr_n)')
        unload()

        then:
        rules() == ['leak-at-unload']
        findings.first().message().endsWith('attribute n of 10001000.button')
    }

    def "what is given back, or managed, is not reported: #body"() {
        when:
        run body
        unload()

        then:
        rules() == []

        where:
        body << ['kfree(kzalloc(thing, GFP_KERNEL))', 'kfree(kmalloc(16, GFP_KERNEL))', 'kfree(null)']
    }

    def "managed resources of a driver are not reported"() {
        when:
        press('')
        unload()

        then:
        rules() == []
        simulation.irqs().lines().first().actions().isEmpty()
    }
}
