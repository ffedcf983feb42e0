package dev.tophalf.linux

class IopollSpec extends DriverSpecification {

    /** Functions to read with; %s are statements of the module's start. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class chip { u32 status; int reads }
        DEFINE_SPINLOCK(lock)
        static int status(chip c, int step) { ndelay(500); c.reads++; c.status += step; return c.status }
        static u8 low(chip c) { return status(c, 0x80) }
        static int start() {
            chip c = kzalloc(chip, GFP_KERNEL)
            u32 val = 7
            u8 small = 0
            int ret = 0
            %s
            pr_info('ret %%d val %%u reads %%d\\n', ret, val, c.reads)
            kfree(c)
            return 0
        }
        module_init(start)'''

    private void driver(String body) {
        load String.format(DRIVER, body)
    }

    private List<String> said() {
        dmesg().drop(1)*.trim()
    }

    def "#call reads until its condition holds"() {
        when:
        driver("ret = $call")

        then:
        said() == [line]
        rules() == []

        where:
        call                                                                        || line
        'read_poll_timeout(status, val, val >= 3, 10, 1000, false, c, 1)'           || 'ret 0 val 3 reads 3'
        'read_poll_timeout(status, val, val > 5, 0, 0, false, c, 1)'                || 'ret 0 val 6 reads 6'
        'read_poll_timeout(low, small, small & 1 || c.reads == 4, 10, 0, true, c)'  || 'ret 0 val 7 reads 4'
        'read_poll_timeout(status, c.status, c.status & 4, 1, 100, true, c, 2)'     || 'ret 0 val 7 reads 2'
        'readx_poll_timeout(low, c, val, val == 0x80, 10, 100)'                     || 'ret 0 val 128 reads 1'
        'read_poll_timeout_atomic(status, val, val >= 3, 10, 1000, true, c, 1)'     || 'ret 0 val 3 reads 3'
        'readx_poll_timeout_atomic(low, c, val, val, 10, 1000)'                     || 'ret 0 val 128 reads 1'
        'read_poll_timeout_atomic(status, val, val > 100, 0, 1, false, c, 1)'       || 'ret 0 val 101 reads 101'
    }

    def "#call gives up after #us us, and one look more"() {
        when:
        driver("ret = $call")

        then:
        said() == [line]
        simulation.nowNs() == us * 1000 + ns
        rules() == []

        where:
        call                                                                  || line                          | us  | ns
        'read_poll_timeout(status, val, false, 39, 100, false, c, 1)'         || 'ret -110 val 12 reads 12'    | 106 | 0
        'read_poll_timeout(status, val, false, 39, 100, true, c, 1)'          || 'ret -110 val 11 reads 11'    | 105 | 500
        'read_poll_timeout_atomic(status, val, 0, 10, 100, false, c, 1)'      || 'ret -110 val 12 reads 12'    | 106 | 0
    }

    def "the last look counts: who was kept away for long does not time out for that alone"() {
        when:
        driver('ret = read_poll_timeout(status, val, val == 2, 40000, 10, false, c, 1)')

        then:
        said() == ['ret 0 val 2 reads 2']
    }

    def "readl_poll_timeout() waits for a register"() {
        when:
        load String.format(BUTTON, '', '').replace('writel(1, b.regs + 0x08)', """u32 status
            ret = readl_poll_timeout(b.regs + 0x04, status, status & 1, 10, 100)
            pr_info('%d\\n', ret)
            DEFINE_SPINLOCK(lock)
            spin_lock(lock)
            ret = readl_poll_timeout_atomic(b.regs + 0x04, status, !(status & 1), 10, 100)
            spin_unlock(lock)
            pr_info('%d %u\\n', ret, status)""")

        then:
        said() == ['-110', '0 0']
        rules() == []
        simulation.trace().lines().count { it.contains('readl(') } > 10
    }

    def "sleeping between looks with a lock held is reported"() {
        when:
        driver('spin_lock(lock); ret = read_poll_timeout(status, val, val >= 3, 10, 1000, false, c, 1); spin_unlock(lock)')

        then:
        rules() == ['wrong-context']
    }
}
