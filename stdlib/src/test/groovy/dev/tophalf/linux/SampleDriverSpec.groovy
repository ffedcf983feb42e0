package dev.tophalf.linux

import dev.tophalf.linux.kernel.Files

/** The sample driver of the language, as it stands, on a machine with its button. */
class SampleDriverSpec extends DriverSpecification {
    static final String DEVICE = '/sys/bus/platform/devices/10001000.button'

    /** The compiler's own specs have it with a stand-in for the kernel. */
    static String sample() {
        new File('../runtime/src/test/resources/dev/tophalf/runtime/script/dialect/button.groovy').getText('UTF-8')
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
        settle()
        if (failure) throw failure
    }

    /** The sample leaves it to whoever runs it to let the hardware raise its interrupt. */
    private void enableInterrupt() {
        simulation.addressSpace().at(0x1000_1000).registers().write(0x08, 1)
    }

    def "it probes, serves its interrupts, shows and takes attributes, and goes"() {
        when:
        load(sample(), 'button.groovy', ['debug=1'])
        enableInterrupt()
        3.times { press() }

        then:
        dmesg().contains('10001000.button: probed at jiffies 4294892296')
        dmesg().findAll { it.contains('pressed') }*.replaceFirst(/ [1-9]\d+$/, ' of a kworker') ==
                (1..3).collect { "acme-button 10001000.button: pressed $it times, pid of a kworker" as String }
        cat("$DEVICE/presses") == '3\n'
        cat("$DEVICE/level") == '44\n'
        cat('/sys/module/button/parameters/debug') == '1\n'

        when:
        write("$DEVICE/level", '300')

        then:
        cat("$DEVICE/level") == '44\n'

        when:
        write("$DEVICE/level", 'x')

        then:
        def refused = thrown(dev.tophalf.runtime.vfs.FileException)
        refused.errno() == Errno.EINVAL

        when:
        unload('button')

        then:
        dmesg().last() == "irq ${simulation.irqs().lines().first().irq()}"
        Files.of(simulation).find("$DEVICE/level") == null
        rules() == []
    }

    def "without debug it is quiet"() {
        when:
        load(sample(), 'button.groovy')
        enableInterrupt()
        press()
        unload('button')

        then:
        dmesg().every { !it.contains('pressed') }
        rules() == []
    }
}
