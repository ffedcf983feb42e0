package dev.tophalf.linux

import dev.tophalf.linux.kernel.Files
import dev.tophalf.linux.kernel.Modules
import dev.tophalf.runtime.script.ScriptRejectedException

class ModulesSpec extends DriverSpecification {
    private static String module(String init, String rest = 'static void stop() { pr_info("stop\\n") }\nmodule_exit(stop)') {
        "MODULE_LICENSE('GPL')\nstatic int start() { $init }\nmodule_init(start)\n$rest"
    }

    def "a module is started when it is loaded and ended when it is unloaded"() {
        expect:
        load(module('pr_info("start\\n"); return 0')) == 0
        Modules.of(simulation).loaded()*.name() == ['driver']
        unload() == 0
        dmesg().takeRight(2) == ['start', 'stop']
        Modules.of(simulation).loaded() == []
    }

    def "a module whose init function fails is not loaded"() {
        expect:
        load(module('return -ENODEV')) == -Errno.ENODEV
        Modules.of(simulation).loaded() == []
        unload() == -Errno.ENOENT
    }

    def "a module is loaded once"() {
        expect:
        load(module('return 0')) == 0
        load(module('return 0')) == -Errno.EEXIST
    }

    def "a module without an exit function stays"() {
        expect:
        load(module('return 0', '')) == 0
        unload() == -Errno.EBUSY
    }

    def "file-scope variables are fresh at every load"() {
        given:
        def text = module('pr_info("%d\\n", count++); return 0') + '\nint count = 5'

        when:
        load(text)
        unload()
        load(text)

        then:
        dmesg().findAll { it == '5' }.size() == 2
    }

    def "a module without a licence taints the kernel"() {
        when:
        load('int x = 1')

        then:
        dmesg().last() == "driver: module license 'unspecified' taints kernel."
        rules() == []
    }

    def "an empty script is an empty module"() {
        expect:
        load('') == 0
        unload() == 0
        rules() == []
    }

    def "a driver is bound to its device, with its attributes and links, and unbound again"() {
        given:
        load String.format(BUTTON, '', '''
            static ssize_t n_show(device dev, device_attribute attr, ptr buf) { return sysfs_emit(buf, '%s %d\\n', dev_name(dev), 42) }
            static ssize_t n_store(device dev, device_attribute attr, ptr buf, size_t count) {
                int_box v = new int_box()
                int ret = kstrtoint(buf, 0, v)
                if (ret) return ret
                pr_info('stored %d\\n', v.value)
                return count
            }
            DEVICE_ATTR_RW(n)''').replace("of_match_table: ['acme,button']", "of_match_table: ['acme,button'], dev_groups: [dev_attr_n]")
        def files = Files.of(simulation)

        expect:
        cat('/sys/bus/platform/devices/10001000.button/n') == '10001000.button 42\n'
        files.find('/sys/bus/platform/drivers/b/10001000.button/n') != null

        when:
        write('/sys/bus/platform/devices/10001000.button/n', '0x11\n')

        then:
        dmesg().last() == 'stored 17'

        when:
        write('/sys/bus/platform/devices/10001000.button/n', 'seventeen')

        then:
        thrown(dev.tophalf.runtime.vfs.FileException)

        when:
        write('/sys/bus/platform/drivers/b/unbind', '10001000.button')

        then:
        files.find('/sys/bus/platform/devices/10001000.button/n') == null
        simulation.irqs().lines().first().actions() == []

        when:
        write('/sys/bus/platform/drivers/b/bind', '10001000.button')

        then:
        cat('/sys/bus/platform/devices/10001000.button/n') == '10001000.button 42\n'
        rules() == []
    }

    private void write(String path, String text) {
        Exception failure = null
        simulation.process('echo') {
            try {
                Files.of(simulation).find(path).write(text)
            } catch (Exception failed) {
                failure = failed
            }
        }
        if (failure) throw failure
    }

    def "what does not compile does not run"() {
        when:
        load("pr_info('before\\n')\nreqeust_irq(1)")

        then:
        def refused = thrown(ScriptRejectedException)
        refused.diagnostics().size() == 1
        refused.message == "driver.groovy:2:1: implicit declaration of function 'reqeust_irq'; did you mean 'request_irq' (linux/interrupt.h)?"
        !dmesg().contains('before')
    }

    def "kstrtoint reads #text as #value or fails with #error"() {
        when:
        run "int_box v = new int_box(); ptr p = kzalloc(32, GFP_KERNEL); ${text.bytes.toList().withIndex().collect { b, i -> "p[$i] = $b" }.join('; ')}; int r = kstrtoint(p, $base, v); pr_info('%d %d\\n', r, v.value); kfree(p)"

        then:
        dmesg().last() == "$error $value"
        rules() == []

        where:
        text          | base || error | value
        '42'          | 0    || 0     | 42
        '42\n'        | 10   || 0     | 42
        '-7'          | 0    || 0     | -7
        '0x1f'        | 0    || 0     | 31
        '010'         | 0    || 0     | 8
        '1f'          | 16   || 0     | 31
        '2147483647'  | 0    || 0     | 2147483647
        '2147483648'  | 0    || -34   | 0
        ''            | 0    || -22   | 0
        '4 2'         | 0    || -22   | 0
        '42\n\n'      | 0    || -22   | 0
        '9'           | 8    || -22   | 0
    }

    def "a format that does not fit its arguments is reported once and prints what it can"() {
        when:
        run 'pr_info("%d %s\\n", 1)'

        then:
        rules() == ['format-mismatch']
    }

    def "an access where there is no register is reported and reads as ones"() {
        when:
        press('b.presses = readl(b.regs + 0x02)')

        then:
        rules() == ['mmio-misuse']
    }
}
