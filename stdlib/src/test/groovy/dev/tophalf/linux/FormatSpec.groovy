package dev.tophalf.linux

import dev.tophalf.runtime.contract.FunctionPointer
import dev.tophalf.runtime.memory.ErrorPointer
import spock.lang.Specification

class FormatSpec extends Specification {
    static final String UNKNOWN = '(____ptrval____)'

    static class button {
    }

    static class spinlock_t {
    }

    /** A pointer that answers with what it was asked. */
    static class Printable implements KernelPrintable {
        String kernelString(String extension) {
            extension.empty ? '00000000a1b2c3d4' : "<$extension>"
        }
    }

    /** A pointer to memory. */
    static class Memory extends Printable {
        byte[] kernelBytes(int count) {
            [1, 2, 3, 4, 5, 6].take(count) as byte[]
        }

        String kernelText(int limit) {
            'memory'.take(limit)
        }
    }

    /** Knows one error and makes every pointer printable. */
    static class Lookup implements FormatLookup {
        String errorName(int errno) {
            errno == 4000 ? 'EMOON' : null
        }

        KernelPrintable printable(Object pointer) {
            new Memory()
        }
    }

    static class Error implements ErrorPointer {
        int code

        int errno() {
            code
        }
    }

    static class Function implements FunctionPointer {
        String functionName() {
            'button_irq'
        }

        String file() {
            'button.groovy'
        }

        int line() {
            1
        }
    }

    static String text(String format, List arguments) {
        def result = Format.format(FormatLookup.STANDARD, 1, format, arguments)
        assert result.problems() == []
        result.text()
    }

    static List<String> problems(String format, List arguments) {
        Format.format(FormatLookup.STANDARD, 1, format, arguments).problems()
    }

    def "#format with #arguments is '#expected'"() {
        expect:
        text(format, arguments) == expected

        where:
        format        | arguments       || expected
        ''            | []              || ''
        'plain'       | []              || 'plain'
        '100%%'       | []              || '100%'
        '%d'          | [42]            || '42'
        '%i'          | [-42]           || '-42'
        '<%d|%d>\n'   | [1, 2]          || '<1|2>\n'
        '%5d'         | [42]            || '   42'
        '%-5d|'       | [42]            || '42   |'
        '%05d'        | [42]            || '00042'
        '%05d'        | [-42]           || '-0042'
        '%-05d|'      | [42]            || '42   |'
        '%+d %+d'     | [1, -1]         || '+1 -1'
        '% d % d'     | [1, -1]         || ' 1 -1'
        '%+ d'        | [1]             || '+1'
        '%+05d'       | [42]            || '+0042'
        '%.3d'        | [5]             || '005'
        '%5.3d'       | [5]             || '  005'
        '%-6.3d|'     | [-5]            || '-005  |'
        '%*d'         | [5, 42]         || '   42'
        '%*d|'        | [-5, 42]        || '42   |'
        '%.*d'        | [3, 5]          || '005'
        '%*.*d'       | [6, 3, 5]       || '   005'
        '%x'          | [255]           || 'ff'
        '%X'          | [255]           || 'FF'
        '%#x'         | [255]           || '0xff'
        '%#X'         | [255]           || '0XFF'
        '%#10x'       | [255]           || '      0xff'
        '%#-10x|'     | [255]           || '0xff      |'
        '%#010x'      | [255]           || '0x000000ff'
        '%08x'        | [0xbeef]        || '0000beef'
        '%o'          | [8]             || '10'
        '%#o'         | [8]             || '010'
        '%#o'         | [0]             || '0'
        '%u'          | [42]            || '42'
        '%c'          | ['x']           || 'x'
        '%c%c'        | [104, 105L]     || 'hi'
        '%c'          | ['x' as char]   || 'x'
        '%c'          | [0x141]         || 'A'
        '%3c|%-3c|'   | ['a', 'b']      || '  a|b  |'
        '%c'          | [true]          || '\u0001'
        '%s'          | ['text']        || 'text'
        '%s'          | ["t${1 + 1}"]   || 't2'
        '%6s|%-6s|'   | ['ab', 'cd']    || '    ab|cd    |'
        '%06s'        | ['ab']          || '    ab'
        '%.2s'        | ['abc']         || 'ab'
        '%5.2s'       | ['abc']         || '   ab'
        '%-5.2s|'     | ['abc']         || 'ab   |'
        '%.*s'        | [2, 'abc']      || 'ab'
        '%*s'         | [4, 'abc']      || ' abc'
        '%s'          | [null]          || '(null)'
        '%.3s'        | [null]          || '(nu'
        '%8s'         | [null]          || '  (null)'
        '%s'          | [[65, 66, 0, 67] as byte[]] || 'AB'
        '%s'          | [[65, 66, 0, 67] as int[]]  || 'AB'
        '%5%'         | []              || '%'
    }

    def "#format with #argument has the width of its type in C: #expected"() {
        expect:
        text(format, [argument]) == expected

        where:
        format | argument             || expected
        '%d'   | 0x7fffffff           || '2147483647'
        '%d'   | 0x80000000L          || '-2147483648'
        '%d'   | 0xffffffffL          || '-1'
        '%d'   | -1L                  || '-1'
        '%u'   | -1                   || '4294967295'
        '%u'   | -1L                  || '4294967295'
        '%u'   | 0xffffffffL          || '4294967295'
        '%x'   | -1                   || 'ffffffff'
        '%x'   | -1L                  || 'ffffffff'
        '%o'   | -1                   || '37777777777'
        '%ld'  | -1                   || '-1'
        '%ld'  | Long.MIN_VALUE       || '-9223372036854775808'
        '%ld'  | 0xffffffffL          || '4294967295'
        '%lld' | Long.MAX_VALUE       || '9223372036854775807'
        '%li'  | 5                    || '5'
        '%lu'  | -1L                  || '18446744073709551615'
        '%llu' | -1L                  || '18446744073709551615'
        '%lx'  | -1L                  || 'ffffffffffffffff'
        '%llX' | -1L                  || 'FFFFFFFFFFFFFFFF'
        '%lo'  | -1L                  || '1777777777777777777777'
        '%zu'  | -1L                  || '18446744073709551615'
        '%zd'  | -1L                  || '-1'
        '%zx'  | 255                  || 'ff'
        '%td'  | -1L                  || '-1'
        '%tu'  | -1L                  || '18446744073709551615'
        '%Lu'  | -1L                  || '18446744073709551615'
        '%Ld'  | 7L                   || '7'
        '%llu' | 18446744073709551615 || '18446744073709551615'
        '%hhx' | 0x1ff                || 'ff'
        '%hhu' | -1                   || '255'
        '%hhd' | 255                  || '-1'
        '%hhd' | 128                  || '-128'
        '%hx'  | 0x1ffff              || 'ffff'
        '%hu'  | -1                   || '65535'
        '%hd'  | 0xffff               || '-1'
        '%d'   | true                 || '1'
        '%d'   | false                || '0'
        '%d'   | ('a' as char)        || '97'
        '%d'   | (5 as byte)          || '5'
        '%d'   | (5 as short)         || '5'
    }

    def "the kernel is not the C library: #format of #arguments is '#expected'"() {
        expect:
        text(format, arguments) == expected

        where:
        format       | arguments   || expected
        '%#x'        | [0]         || '0x0'
        '%.0d'       | [0]         || '0'
        '%.d'        | [7]         || '7'
        '%06.3d'     | [5]         || '000005'
        '%.s|'       | ['abc']     || 'abc|'
        '%.0s|'      | ['abc']     || '|'
        '%.*s|'      | [-1, 'abc'] || '|'
        '%lc%ls'     | [65, 'b']   || 'Ab'
    }

    def "#format of a pointer is '#expected'"() {
        expect:
        text(format, [pointer]) == expected

        where:
        format       | pointer             || expected
        '%p'         | new Printable()     || '00000000a1b2c3d4'
        '%20p'       | new Printable()     || '    00000000a1b2c3d4'
        '%-20p|'     | new Printable()     || '00000000a1b2c3d4    |'
        '%pK'        | new Printable()     || '00000000a1b2c3d4'
        '%px'        | new Printable()     || '<x>'
        '%pOF'       | new Printable()     || '<OF>'
        '%pOFn.'     | new Printable()     || '<OFn>.'
        '%10pOF'     | new Printable()     || '      <OF>'
        '%pfwP'      | new Printable()     || '<fwP>'
        '%pI6c'      | new Printable()     || '<I6c>'
        '%pad'       | new Printable()     || '<ad>'
        '%p'         | new Object()        || UNKNOWN
        '%20p'       | new Object()        || '    ' + UNKNOWN
        '%px'        | new Object()        || UNKNOWN
        '%pOF'       | new Object()        || UNKNOWN
        '%pzzz'      | new Object()        || UNKNOWN
        '%p'         | 'text'              || UNKNOWN
        '%p'         | null                || '0000000000000000'
        '%px'        | null                || '0000000000000000'
        '%pK'        | null                || '0000000000000000'
        '%8p'        | null                || '       0'
        '%pOF'       | null                || '(null)'
        '%pM'        | null                || '(null)'
        '%ph'        | null                || '(null)'
        '%pI4'       | null                || '(null)'
        '%p'         | -22                 || 'ffffffffffffffea'
        '%p'         | new Error(code: -5) || 'fffffffffffffffb'
        '%pOF'       | new Error(code: -5) || '(efault)'
        '%p'         | new Error(code: 0)  || UNKNOWN
    }

    def "%ps of #description is '#expected'"() {
        expect:
        text(format, [pointer]) == expected

        where:
        description   | format  | pointer             || expected
        'a function'  | '%ps'   | new Function()      || 'button_irq'
        'a function'  | '%pS'   | new Function()      || 'button_irq'
        'a function'  | '%pB'   | new Function()      || 'button_irq'
        'a function'  | '%12ps' | new Function()      || '  button_irq'
        'a name'      | '%ps'   | 'probe'             || 'probe'
        'a printable' | '%pS'   | new Printable()     || '<S>'
        'an object'   | '%ps'   | new Object()        || UNKNOWN
        'null'        | '%ps'   | null                || '0x0'
        'an error'    | '%ps'   | new Error(code: -5) || '0xfffffffffffffffb'
    }

    def "%pe of #pointer is '#expected'"() {
        expect:
        text(format, [pointer]) == expected

        where:
        format   | pointer              || expected
        '%pe'    | -22                  || '-EINVAL'
        '%pe'    | -22L                 || '-EINVAL'
        '%10pe'  | -12                  || '   -ENOMEM'
        '%-10pe|' | -12                 || '-ENOMEM   |'
        '%pe'    | -517                 || '-EPROBE_DEFER'
        '%pe'    | -512                 || '-ERESTARTSYS'
        '%pe'    | -41                  || '-41'
        '%pe'    | -4095                || '-4095'
        '%pe'    | new Error(code: -19) || '-ENODEV'
        '%pe'    | new Error(code: 0)   || UNKNOWN
        '%pe'    | null                 || '0000000000000000'
        '%pe'    | new Object()         || UNKNOWN
        '%pe'    | new Printable()      || '<e>'
    }

    def "#format of bytes is '#expected'"() {
        expect:
        text(format, arguments) == expected

        where:
        format        | arguments                               || expected
        '%4ph'        | [[0xde, 0xad, 0xbe, 0xef] as byte[]]    || 'de ad be ef'
        '%*ph'        | [3, [0xde, 0xad, 0xbe, 0xef] as byte[]] || 'de ad be'
        '%*phC'       | [3, [1, 2, 3] as byte[]]                || '01:02:03'
        '%*phD'       | [3, [1, 2, 3] as byte[]]                || '01-02-03'
        '%*phN.'      | [3, [1, 2, 3] as byte[]]                || '010203.'
        '%*ph'        | [2, [0xff, 0x80] as int[]]              || 'ff 80'
        '%ph'         | [[7, 8] as byte[]]                      || '07'
        '%*ph|'       | [0, [7, 8] as byte[]]                   || '|'
        '%*phN'       | [100, new byte[200]]                    || '00' * 64
        '%3ph'        | ['ab']                                  || '61 62 00'
        '%3ph'        | [new Memory()]                          || '01 02 03'
        '%3ph'        | [new Printable()]                       || '<h>'
        '%3ph'        | [new Object()]                          || UNKNOWN
        '%pM'         | [[0, 0x1b, 0x21, 0xa, 0xb, 0xff] as int[]] || '00:1b:21:0a:0b:ff'
        '%pMF'        | [[0, 0x1b, 0x21, 0xa, 0xb, 0xff] as int[]] || '00-1b-21-0a-0b-ff'
        '%pMR'        | [[0, 0x1b, 0x21, 0xa, 0xb, 0xff] as int[]] || 'ff:0b:0a:21:1b:00'
        '%pm'         | [[0, 0x1b, 0x21, 0xa, 0xb, 0xff] as int[]] || '001b210a0bff'
        '%pmR'        | [[0, 0x1b, 0x21, 0xa, 0xb, 0xff] as int[]] || 'ff0b0a211b00'
        '%20pM'       | [[0, 0x1b, 0x21, 0xa, 0xb, 0xff] as int[]] || '   00:1b:21:0a:0b:ff'
        '%pM'         | [new Memory()]                          || '01:02:03:04:05:06'
        '%pI4'        | [[192, 168, 0, 1] as int[]]             || '192.168.0.1'
        '%pi4'        | [[192, 168, 0, 1] as int[]]             || '192.168.000.001'
        '%pI4h %pI4l' | [[1, 2, 3, 4] as byte[]] * 2            || '4.3.2.1 4.3.2.1'
        '%pI4n %pI4b' | [[1, 2, 3, 4] as byte[]] * 2            || '1.2.3.4 1.2.3.4'
        '%pI4'        | [new Memory()]                          || '1.2.3.4'
        '%pa'         | [0x1000]                                || '0x0000000000001000'
        '%pad'        | [0xffffffffL]                           || '0x00000000ffffffff'
        '%pap'        | [-1L]                                   || '0xffffffffffffffff'
        '%s'          | [new Memory()]                          || 'memory'
        '%.3s'        | [new Memory()]                          || 'mem'
    }

    def "#what takes no #given"() {
        expect:
        problems(format, arguments) ==
            ["$what expects argument of type '$wanted', but argument $number has type '$given'"]

        where:
        format  | arguments          || number | given             | wanted                   | what
        '%d'    | ['x']              || 2      | 'char *'          | 'int'                    | "format '%d'"
        '%d'    | ["x${1}"]          || 2      | 'char *'          | 'int'                    | "format '%d'"
        '%05u'  | ['x']              || 2      | 'char *'          | 'unsigned int'           | "format '%u'"
        '%d %x' | [1, null]          || 3      | 'void *'          | 'unsigned int'           | "format '%x'"
        '%hhd'  | ['x']              || 2      | 'char *'          | 'int'                    | "format '%hhd'"
        '%hx'   | ['x']              || 2      | 'char *'          | 'int'                    | "format '%hx'"
        '%ld'   | ['x']              || 2      | 'char *'          | 'long int'               | "format '%ld'"
        '%lu'   | ['x']              || 2      | 'char *'          | 'long unsigned int'      | "format '%lu'"
        '%lld'  | ['x']              || 2      | 'char *'          | 'long long int'          | "format '%lld'"
        '%llx'  | ['x']              || 2      | 'char *'          | 'long long unsigned int' | "format '%llx'"
        '%Lu'   | ['x']              || 2      | 'char *'          | 'long long unsigned int' | "format '%Lu'"
        '%zu'   | ['x']              || 2      | 'char *'          | 'size_t'                 | "format '%zu'"
        '%zd'   | ['x']              || 2      | 'char *'          | 'signed size_t'          | "format '%zd'"
        '%td'   | ['x']              || 2      | 'char *'          | 'ptrdiff_t'              | "format '%td'"
        '%tx'   | ['x']              || 2      | 'char *'          | 'unsigned ptrdiff_t'     | "format '%tx'"
        '%c'    | ['xy']             || 2      | 'char *'          | 'int'                    | "format '%c'"
        '%c'    | ['']               || 2      | 'char *'          | 'int'                    | "format '%c'"
        '%s'    | [5]                || 2      | 'int'             | 'char *'                 | "format '%s'"
        '%s'    | [5L]               || 2      | 'long int'        | 'char *'                 | "format '%s'"
        '%s'    | [true]             || 2      | 'int'             | 'char *'                 | "format '%s'"
        '%s'    | ['x' as char]      || 2      | 'int'             | 'char *'                 | "format '%s'"
        '%s'    | [new button()]     || 2      | 'struct button *' | 'char *'                 | "format '%s'"
        '%s'    | [new spinlock_t()] || 2      | 'spinlock_t *'    | 'char *'                 | "format '%s'"
        '%s'    | [[:]]              || 2      | 'void *'          | 'char *'                 | "format '%s'"
        '%s'    | [new long[1]]      || 2      | 'long *'          | 'char *'                 | "format '%s'"
        '%d'    | [new byte[1]]      || 2      | 'unsigned char *' | 'int'                    | "format '%d'"
        '%d'    | [new Function()]   || 2      | 'void *'          | 'int'                    | "format '%d'"
        '%d'    | [new Object() { }] || 2      | 'void *'          | 'int'                    | "format '%d'"
        '%d'    | [1.5d]             || 2      | 'double'          | 'int'                    | "format '%d'"
        '%d'    | [1.5]              || 2      | 'double'          | 'int'                    | "format '%d'"
        '%p'    | [5]                || 2      | 'int'             | 'void *'                 | "format '%p'"
        '%px'   | [5L]               || 2      | 'long int'        | 'void *'                 | "format '%p'"
        '%ps'   | [5]                || 2      | 'int'             | 'void *'                 | "format '%p'"
        '%pe'   | [22]               || 2      | 'int'             | 'void *'                 | "format '%p'"
        '%pOF'  | [5]                || 2      | 'int'             | 'void *'                 | "format '%p'"
        '%p'    | [1.5]              || 2      | 'double'          | 'void *'                 | "format '%p'"
        '%*d'   | ['x', 1]           || 2      | 'char *'          | 'int'                    | "field width specifier '*'"
        '%.*d'  | ['x', 1]           || 2      | 'char *'          | 'int'                    | "field precision specifier '.*'"
    }

    def "#what takes no more than 32 bits"() {
        expect:
        problems(format, arguments) ==
            ["$what expects argument of type '$wanted', but argument 2 has type 'long int' and the value $value"]

        where:
        format | arguments         || what                        | wanted         | value
        '%d'   | [0x100000000L]    || "format '%d'"               | 'int'          | 4294967296L
        '%u'   | [-0x80000001L]    || "format '%u'"               | 'unsigned int' | -2147483649L
        '%hhx' | [0x100000000L]    || "format '%hhx'"             | 'int'          | 4294967296L
        '%c'   | [0x100000000L]    || "format '%c'"               | 'int'          | 4294967296L
        '%*d'  | [0x100000000L, 1] || "field width specifier '*'" | 'int'          | 4294967296L
    }

    def "#format with #arguments is a problem: #expected"() {
        expect:
        problems(format, arguments) == [expected]

        where:
        format      | arguments        || expected
        '%d'        | []               || "too few arguments for format: '%d' expects a matching 'int' argument"
        '%d %s'     | [1]              || "too few arguments for format: '%s' expects a matching 'char *' argument"
        '%d %d'     | []               || "too few arguments for format: '%d' expects a matching 'int' argument"
        '%*d'       | []               ||
            "too few arguments for format: field width specifier '*' expects a matching 'int' argument"
        '%.*d'      | [1]              || "too few arguments for format: '%d' expects a matching 'int' argument"
        'x'         | [1]              || 'too many arguments for format'
        '%d'        | [1, 2]           || 'too many arguments for format'
        '%y'        | [1]              || "unknown conversion type character 'y' in format"
        '%k'        | []               || "unknown conversion type character 'k' in format"
        '100%\n'    | []               || 'unknown conversion type character 0xa in format'
        '%LLd'      | [1]              || "unknown conversion type character 'L' in format"
        '%n'        | [1]              || 'Please remove unsupported %n in format string'
        '%.2f'      | [1.5]            || 'Please remove unsupported %f in format string'
        '50%'       | []               || "spurious trailing '%' in format"
        '50%5'      | []               || 'conversion lacks type at end of format'
        '%l'        | []               || 'conversion lacks type at end of format'
        '%8ph'      | [new byte[3]]    || "format '%ph' reads 8 bytes, but argument 2 has 3"
        '%pM'       | [new byte[3]]    || "format '%pM' reads 6 bytes, but argument 2 has 3"
        '%pf'       | [new Function()] || "'%pf' names no function any more: use '%ps'"
        '%pF'       | [new Function()] || "'%pF' names no function any more: use '%ps'"
        '%2000000d' | [1]              || 'the text is longer than 1048576 characters and was cut'
    }

    def "with a problem there is a text all the same: #format with #arguments is '#expected'"() {
        expect:
        Format.format(FormatLookup.STANDARD, 1, format, arguments).text() == expected

        where:
        format          | arguments            || expected
        'a %d b'        | ['x']                || "a $UNKNOWN b"
        '%d|'           | [null]               || '0|'
        '%d'            | [0x100000005L]       || '5'
        '%s|'           | [5]                  || '(efault)|'
        '%10s|'         | [5]                  || '  (efault)|'
        '%p'            | [5]                  || UNKNOWN
        '%p'            | [0]                  || '0000000000000000'
        '%px'           | [0x1234]             || '0000000000001234'
        '%#x %5d %s.'   | [1]                  || '0x1 %5d %s.'
        'a %d'          | [1, 2]               || 'a 1'
        'a %y b %d'     | [1]                  || 'a '
        'a %n b'        | [1]                  || 'a '
        '50%'           | []                   || '50'
        '%ps'           | [0x10]               || '0x10'
        '%pf'           | [new Function()]     || 'button_irq'
        '%4ph'          | [[1, 2] as byte[]]   || '01 02'
        '%c|'           | ['xy']               || '\0|'
    }

    def "a format may be longer than what is kept of it"() {
        expect:
        Format.format('x' * 2_000_000).text().length() == 1 << 20
        Format.format('%1000000d' * 100, *(1..100)).text().length() == 1 << 20
    }

    def "problems count arguments from where the format stands"() {
        expect:
        Format.format(FormatLookup.STANDARD, 2, '%d %d', [1, 'x']).problems() ==
            ["format '%d' expects argument of type 'int', but argument 4 has type 'char *'"]
    }

    def "several problems are all told, in their order"() {
        expect:
        problems('%d %s %d', ['x', 1]) == [
            "format '%d' expects argument of type 'int', but argument 2 has type 'char *'",
            "format '%s' expects argument of type 'char *', but argument 3 has type 'int'",
            "too few arguments for format: '%d' expects a matching 'int' argument",
        ]
    }

    def "the short form takes its arguments one by one, a single null too"() {
        expect:
        Format.format('plain') == new Format.Result('plain', com.google.common.collect.ImmutableList.of())
        Format.format('%s %d', 'a', 1).text() == 'a 1'
        Format.format('%s', null).text() == '(null)'
        Format.format('%s', (Object[]) null).text() == '(null)'
    }

    def "the surroundings may know more errors and pointers"() {
        given:
        def lookup = new Lookup()

        expect:
        Format.format(lookup, 1, '%pe %pe', [-4000, -22]).text() == '-EMOON -22'
        Format.format(lookup, 1, '%p %pOF %s %2ph', [new button()] * 4).text() == '00000000a1b2c3d4 <OF> memory 01 02'
    }

    def "every error of Linux has its name and number"() {
        given:
        def constants = Errno.fields.findAll { it.type == int }.collectEntries { [it.name, it.getInt(null)] }
        def synonyms = ['EWOULDBLOCK', 'EDEADLOCK']

        expect:
        constants.findAll { !(it.key in synonyms) }.every { Errno.name(it.value) == it.key }
        (-1..5000).findAll { Errno.name(it) != null }.toSet() == constants.values().toSet()
        Errno.EWOULDBLOCK == Errno.EAGAIN
        Errno.EDEADLOCK == Errno.EDEADLK

        and:
        [Errno.EPERM, Errno.EINVAL, Errno.ERANGE, Errno.ENOSYS, Errno.ETIMEDOUT, Errno.EHWPOISON] ==
            [1, 22, 34, 38, 110, 133]
        [Errno.ERESTARTSYS, Errno.EPROBE_DEFER, Errno.ENOTSUPP, Errno.ERECALLCONFLICT] == [512, 517, 524, 530]
        [0, -1, 41, 58, 134, 511, 520, 531].every { Errno.name(it) == null }
    }
}
