MODULE_LICENSE('GPL')
MODULE_AUTHOR('A. Student')

int debug = 0
module_param(debug, int, 0644)

DEFINE_MUTEX(list_lock)
LIST_HEAD(buttons)
long total = 0
def boot = new timer_list()

class button {                            // struct button
    __iomem regs
    device dev
    int irq
    spinlock_t lock
    work_struct work
    u8 level
    u32 mask
    long presses
    long[] history = new long[4]
}

static irqreturn_t button_irq(int irq, Object dev_id) {
    button b = dev_id
    u32 status = readl(b.regs + 0x04)
    if (!(status & 1)) return IRQ_NONE
    writel(1, b.regs + 0x04)
    spin_lock(b.lock)
    b.presses++
    b.level += 100
    b.mask |= 0x80000000
    b.history[(int) (b.presses % 4)] = status / 2
    spin_unlock(b.lock)
    schedule_work(b.work)
    return IRQ_HANDLED
}

static void button_work(work_struct work) {
    button b = container_of(work, button, work)
    mutex_lock(list_lock)
    total += 1
    mutex_unlock(list_lock)
    if (debug && b.presses > 0) dev_info(b.dev, 'pressed %ld times, pid %d', b.presses, current.pid)
}

static ssize_t presses_show(device dev, device_attribute attr, ptr buf) {
    button b = dev_get_drvdata(dev)
    long flags = spin_lock_irqsave(b.lock)
    long n = b.presses
    spin_unlock_irqrestore(b.lock, flags)
    return sysfs_emit(buf, '%ld\n', n)
}
DEVICE_ATTR_RO(presses)

static ssize_t level_show(device dev, device_attribute attr, ptr buf) {
    button b = (button) dev_get_drvdata(dev)
    return sysfs_emit(buf, '%u\n', b.level)
}

static ssize_t level_store(device dev, device_attribute attr, ptr buf, size_t count) {
    button b = dev_get_drvdata(dev)
    u16 val = 0
    for (int i = 0; i < count; i++) {
        if (buf[i] < 0x30 || buf[i] > 0x39) return -EINVAL
        val = val * 10 + buf[i] - 0x30
    }
    b.level = val
    buf[0] = 0
    return count
}
DEVICE_ATTR_RW(level)

static button button_alloc(platform_device pdev) {
    button b = devm_kzalloc(pdev.dev, button, GFP_KERNEL)
    if (!b) return null
    spin_lock_init(b.lock)
    INIT_WORK(b.work, button_work)
    b.dev = pdev.dev
    return b
}

static int button_probe(platform_device pdev) {
    int err = -ENOMEM
    irq_handler_t handler = button_irq
    button b = button_alloc(pdev)
    if (!b) return err
    b.regs = devm_platform_ioremap_resource(pdev, 0)
    out: {
        if ((err = b.irq = platform_get_irq(pdev, 0)) < 0) break out
        platform_set_drvdata(pdev, b)
        err = devm_request_irq(pdev.dev, b.irq, handler, 0, dev_name(pdev.dev), b)
        if (err) break out
        pr_info('%s: probed at jiffies %ld', pdev.name, jiffies)
        return 0
    }
    pr_info('probe failed: %d', err)
    return err
}

static void button_remove(platform_device pdev) {
    button b = dev_get_drvdata(pdev.dev)
    switch (b.irq) {
        case 0: break
        default: pr_info('irq %d', b.irq)
    }
}

platform_driver button_driver = [
    probe : button_probe,
    remove: button_remove,
    driver: [name: 'acme-button', of_match_table: ['acme,button'], dev_groups: [dev_attr_presses, dev_attr_level]],
]
module_platform_driver(button_driver)
