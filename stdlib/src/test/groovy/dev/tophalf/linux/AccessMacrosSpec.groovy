package dev.tophalf.linux


class AccessMacrosSpec extends DriverSpecification {
    private static String driver(String body) {
        """
            MODULE_LICENSE('GPL')
            class shared { u8 state; u16 port; u32 seq; u64 sum; bool ready; shared next; int[] slots = new int[2] }
            shared s = new shared()
            int total = 7
            static int start() {
                $body
                return 0
            }
            module_init(start)"""
    }

    def "#code yields #value, at the width of its place"() {
        when:
        load driver("$before; long n = $code; pr_info('%ld\\n', n)")

        then:
        dmesg().last() == "$value"
        rules() == []

        where:
        before                        | code                                              || value
        's.seq = 5'                   | 'READ_ONCE(s.seq)'                                || 5
        'WRITE_ONCE(s.seq, -1)'       | 's.seq'                                           || 4294967295
        'WRITE_ONCE(s.state, 0x1ff)'  | 's.state'                                         || 255
        'WRITE_ONCE(s.slots[1], 3)'   | 'READ_ONCE(s.slots[1]) + READ_ONCE(s.slots[0])'   || 3
        'WRITE_ONCE(total, 8)'        | 'READ_ONCE(total)'                                || 8
        's.port = 0xffff'             | 'xchg(s.port, 0x10001) * 10 + s.port'             || 655351
        's.state = 200'               | 'xchg(s.state, 300) * 1000 + s.state'             || 200044
        's.seq = 3'                   | 'cmpxchg(s.seq, 3, 4) * 10 + s.seq'               || 34
        's.seq = 3'                   | 'cmpxchg(s.seq, 2, 4) * 10 + s.seq'               || 33
        's.state = 255'               | 'cmpxchg(s.state, -1, 256) * 10 + s.state'        || 2550
        's.sum = -1'                  | 'cmpxchg(s.sum, -1, 6) + 1 + s.sum'               || 6
        's.next = s'                  | 'xchg(s.next, null) == s && s.next == null ? 1 : 0' || 1
        'smp_store_release(s.seq, 9)' | 'smp_load_acquire(s.seq)'                         || 9
    }

    def "#call is in the trace, for whoever judges the order"() {
        when:
        load driver(code)

        then:
        simulation.trace().records()*.text().any { it.startsWith(call) }
        rules() == []

        where:
        call                 | code
        'READ_ONCE('         | 'long n = READ_ONCE(s.seq)'
        'WRITE_ONCE('        | 'WRITE_ONCE(s.seq, 1)'
        'xchg('              | 'xchg(s.seq, 1)'
        'cmpxchg('           | 'cmpxchg(s.seq, 1, 2)'
        'smp_load_acquire('  | 'long n = smp_load_acquire(s.seq)'
        'smp_store_release(' | 'smp_store_release(s.seq, 1)'
        'barrier('           | 'barrier()'
        'mb('                | 'mb()'
        'rmb('               | 'rmb()'
        'wmb('               | 'wmb()'
        'smp_mb('            | 'smp_mb()'
        'smp_rmb('           | 'smp_rmb()'
        'smp_wmb('           | 'smp_wmb()'
        'dma_rmb('           | 'dma_rmb()'
        'dma_wmb('           | 'dma_wmb()'
    }
}
