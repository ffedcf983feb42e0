package dev.tophalf.linux

class ThreadedIrqSpec extends DriverSpecification {
    private Integer driver(String request, String handler, String thread) {
        load """
            MODULE_LICENSE('GPL')
            class button { __iomem regs; int irq; mutex m; long presses }
            static irqreturn_t handler(int irq, Object dev_id) { button b = dev_id; $handler }
            static irqreturn_t thread(int irq, Object dev_id) { button b = dev_id; $thread; return IRQ_HANDLED }
            static ssize_t presses_show(device dev, device_attribute attr, ptr buf) {
                button b = dev_get_drvdata(dev)
                return sysfs_emit(buf, '%ld\\n', b.presses)
            }
            DEVICE_ATTR_RO(presses)
            static int probe(platform_device pdev) {
                button b = devm_kzalloc(pdev.dev, button, GFP_KERNEL)
                mutex_init(b.m)
                b.regs = devm_platform_ioremap_resource(pdev, 0)
                b.irq = platform_get_irq(pdev, 0)
                platform_set_drvdata(pdev, b)
                int ret = $request
                writel(1, b.regs + 0x08)
                return ret
            }
            static void remove(platform_device pdev) { button b = platform_get_drvdata(pdev); writel(0, b.regs + 0x08) }
            platform_driver drv = [probe: probe, remove: remove,
                driver: [name: 'b', of_match_table: ['acme,button'], dev_groups: [dev_attr_presses]]]
            module_platform_driver(drv)"""
    }

    private String presses() {
        cat('/sys/devices/platform/10001000.button/presses')
    }

    def "the thread of a handler may sleep and take mutexes"() {
        when:
        driver('devm_request_threaded_irq(pdev.dev, b.irq, handler, thread, 0, null, b)',
                'writel(1, b.regs + 0x04); return IRQ_WAKE_THREAD',
                'mutex_lock(b.m); msleep(20); b.presses++; mutex_unlock(b.m)')
        press()

        then:
        presses() == '1\n'
        rules() == []

        when:
        unload()

        then:
        rules() == []
        simulation.scheduler().tasks() == []
    }

    def "a oneshot line stays masked until its thread has acknowledged"() {
        when:
        def result = driver('devm_request_threaded_irq(pdev.dev, b.irq, null, thread, IRQF_ONESHOT, null, b)',
                'return IRQ_NONE', 'msleep(5); writel(1, b.regs + 0x04); b.presses++')
        press()
        press()

        then:
        presses() == '2\n'
        rules() == []
        simulation.irqs().lines().first().count() == 2
        simulation.irqs().lines().first().disableDepth() == 0
    }

    def "without a handler and without oneshot the kernel refuses"() {
        when:
        driver('devm_request_threaded_irq(pdev.dev, b.irq, null, thread, 0, null, b)', 'return IRQ_NONE', 'b.presses++')

        then:
        dmesg().any { it == 'genirq: Threaded irq requested with handler=NULL and !ONESHOT for 10001000.button (irq 16)' }
        dmesg().last() == '10001000.button: probe with driver b failed with error -22'
        rules() == []
    }

    def "a second user of a line that is not shared is refused, and both flags are told"() {
        when:
        driver('devm_request_irq(pdev.dev, b.irq, handler, 0, "one", b); ret = devm_request_irq(pdev.dev, b.irq, handler, IRQF_SHARED, "two", b)',
                'writel(1, b.regs + 0x04); return IRQ_HANDLED', '')

        then:
        dmesg().any { it == 'genirq: Flags mismatch irq 16. 00000084 (two) vs. 00000004 (one)' }
        rules() == []
    }

    def "#mistake is reported as #rule"() {
        when:
        driver("devm_request_irq(pdev.dev, b.irq, handler, 0, 'b', b); $statement", 'writel(1, b.regs + 0x04); return IRQ_HANDLED', '')

        then:
        rules() == [rule]

        where:
        mistake                         | statement                                                   || rule
        'a shared irq without dev_id'   | 'ret = request_irq(b.irq, handler, IRQF_SHARED, "x", null)' || 'shared-irq-misuse'
        'freeing with another dev_id'   | 'free_irq(b.irq, pdev)'                                     || 'free-irq-wrong-cookie'
    }

    def "free_irq returns the name that was given"() {
        when:
        driver("request_irq(b.irq, handler, 0, 'mine', b); pr_info('%s\\n', free_irq(b.irq, b))", 'return IRQ_NONE', '')

        then:
        dmesg().any { it == 'mine' }
        rules() == []
    }

    def "a thread that an oops has killed is not waited for"() {
        given:
        driver('devm_request_threaded_irq(pdev.dev, b.irq, handler, thread, 0, null, b)',
                'writel(1, b.regs + 0x04); return IRQ_WAKE_THREAD', 'button none = null; none.presses = 1')

        when:
        press()
        def result = unload()

        then:
        rules() == ['oops']
        result == 0
    }

    def "unloading waits for a thread that is asleep"() {
        given:
        driver('devm_request_threaded_irq(pdev.dev, b.irq, handler, thread, 0, null, b)',
                'writel(1, b.regs + 0x04); return IRQ_WAKE_THREAD', 'msleep(2000); pr_info("done\\n")')

        when:
        press()
        unload()

        then:
        dmesg().last() == 'done'
        rules() == []
    }
}
