package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class IntegersSpec extends Specification {

    def "a #type keeps #stored of #given"() {
        expect:
        Scripts.eval("$type x = $given; x") == stored

        where:
        type       | given                 || stored
        'u8'       | '300'                 || 44
        'u8'       | '-1'                  || 255
        's8'       | '200'                 || -56
        'u16'      | '0x12345'             || 0x2345
        's16'      | '40000'               || -25536
        'u32'      | '~0'                  || 4294967295L
        'u32'      | '0x1ffffffff'         || 4294967295L
        's32'      | '0xffffffff'          || -1
        'int'      | '0x80000000'          || Integer.MIN_VALUE
        's64'      | '0xffffffffffffffff'  || -1L
        'long'     | '-5'                  || -5L
        'size_t'   | '7'                   || 7L
        'gfp_t'    | '0x100000001'         || 1
        'char'     | "'A'"                 || 65
        'bool'     | '2'                   || true
        'bool'     | 'new device()'        || true
        'int'      | '5 > 3'               || 1
        'ssize_t'  | '010'                 || 8L
    }

    def "#expression is #value, as in C"() {
        expect:
        Scripts.eval("int i = 7; int m = -7; u32 u = 5; u64 big = 0xffffffffffffffff; u8 b = 250; $expression") == value

        where:
        expression                 || value
        'i / 2'                    || 3
        'm / 2'                    || -3
        'm % 3'                    || -1
        'u > -1'                   || false
        'u - 6'                    || 4294967295L
        '0xffffffff + 1'           || 0L
        'u * 0x80000000'           || 0x80000000L
        '~u'                       || 0xfffffffaL
        '-u'                       || 0xfffffffbL
        '(u << 31) >> 31'          || 1L
        'b + 10'                   || 260
        '(u8) (b + 10)'            || 4
        'big / 10'                 || 1844674407370955161L
        'big % 10'                 || 5L
        'big > 5'                  || true
        'big >> 63'                || 1L
        'm >> 1'                   || -4
        'i & ~3'                   || 4
        'i ^ 1'                    || 6
        'i < u'                    || false
        'b == 250'                 || true
        '!i'                       || false
        '!!i && u'                 || true
        'i ? 1 : 2'                || 1
        "'c' - 'a'"                || 2
        "i == 'a'"                 || false
        '1 << 4 | 2'               || 18
        '"$big"'                   || '18446744073709551615'
    }

    def "#statement leaves #value in a #type that held #before"() {
        expect:
        Scripts.eval("$type x = $before; $statement; x") == value

        where:
        type  | before  | statement         || value
        'u8'  | 200     | 'x += 100'        || 44
        'u16' | 65535   | 'x++'             || 0
        's8'  | 127     | 'x++'             || -128
        'u32' | 0       | 'x--'             || 4294967295L
        'u32' | 3       | 'x <<= 31'        || 0x80000000L
        'int' | 7       | 'x /= 2'          || 3
        'int' | 7       | 'x %= 4'          || 3
        'u8'  | 1       | 'x |= 0x1f0'      || 0xf1
        'int' | 5       | 'x += 0x100000000' || 5
        'u64' | 1       | 'x -= 2'          || -1L
    }

    def "the value of #expression is #value"() {
        expect:
        Scripts.eval("u8 n = 255; u8[] a = [255, 1]; $expression") == value

        where:
        expression || value
        'n++'      || 255
        '++n'      || 0
        'n--'      || 255
        'a[0]++'   || 255
        '++a[0]'   || 0
        'n = 300'  || 44
        'n += 2'   || 1
    }

    def "an array of #type holds #stored of #given"() {
        expect:
        Scripts.eval("$type[] a = new $type[2]; a[1] = $given; a[1]") == stored

        where:
        type  | given        || stored
        'u8'  | 300          || 44
        's8'  | 200          || -56
        'u16' | 70000        || 4464
        's16' | 40000        || -25536
        'u32' | '0xffffffff' || 4294967295L
        'u64' | 5            || 5L
        'bool' | 3           || true
    }

    def "a function that returns #type returns #value of 511"() {
        expect:
        Scripts.eval("static $type f(int x) { return x }\nf(511)") == value

        where:
        type   || value
        'u8'   || 255
        's8'   || -1
        'bool' || true
        'u64'  || 511L
    }

    def "a parameter of type #type is #value, whatever the kernel passes"() {
        expect:
        Scripts.load("static long f($type x) { return x }").call('f', [given] as Object[]) == value

        where:
        type  | given || value
        'u8'  | 511   || 255L
        's16' | 40000 || -25536L
        'u32' | -1L   || 4294967295L
        'int' | -1    || -1L
    }

    def "members and kernel structs keep their widths"() {
        expect:
        Scripts.eval('''
            class s { u8 n; u32 w }
            s x = [n: 257, w: -1]
            u32_box box = new u32_box()
            box.value = -1
            "${x.n} ${x.w} ${box.value}"
        ''') == '1 4294967295 4294967295'
    }

    def "division by zero is an exception that the host can see"() {
        when:
        Scripts.eval("$type a = 5; $type z = 0; a / z")

        then:
        thrown ArithmeticException

        where:
        type << ['int', 'u32', 'long', 'u64']
    }

    def "#code is refused: #message"() {
        expect:
        Scripts.errors(code)*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code                     || message
        'int x = 1.5'            || 'no floating point in the kernel'
        'double d'               || "no floating point in the kernel: 'double'"
        'int x = 0x10000000000000000' || 'the number does not fit 64 bits'
        'int x = null'           || "'NULL' where 'int' is expected"
        'int x = new device()'   || "'device' where 'int' is expected"
        'device d = 5'           || "'int' where 'device' is expected"
        'Object o = 5'           || "'int' where 'void *' is expected"
        "5 == 'ab'"              || "invalid operands to binary ==: 'int' and 'String'"
        'int x = 5 >>> 1'        || "no '>>>': '>>' of an unsigned type shifts in zeros"
        'int x = 2 ** 3'         || "no '**': write a product or '1 << n'"
        '-new device()'          || "'-' needs a number, not 'device'"
        'int x = 10UL'           || "no suffix 'UL': the variable's type says how wide a number is"
    }
}
