for channels in (256, 64, 8):
    print(channels // 16, max(1, channels // 16))
